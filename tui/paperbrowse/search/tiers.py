"""Papers with a cost each, all at once: the bits of the costs as sets of papers.

Adding the costs of two words for 110 000 papers is a dozen operations on long integers, and taking the
papers out cheapest first another few dozen.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Costed:
    """A set of papers (`mask`) and what each costs: `planes[i]` has those with bit i set in their cost."""

    mask: int
    planes: tuple[int, ...] = ()

    @classmethod
    def of(cls, levels: Iterable[tuple[int, int]]) -> "Costed":
        """From (cost, papers) in ascending cost; a paper has the first cost it appears with."""
        seen = 0
        planes = [0, 0, 0, 0, 0]
        for cost, papers in levels:
            if not papers:
                continue
            fresh = papers ^ (papers & seen)
            if fresh:
                seen |= fresh
                for bit in range(5):
                    if cost >> bit & 1:
                        planes[bit] |= fresh
        while planes and not planes[-1]:
            planes.pop()
        return cls(seen, tuple(planes))

    def both(self, other: "Costed") -> "Costed":
        """The papers in both, their costs added."""
        mask = self.mask & other.mask
        if not mask:
            return Costed(0)
        longer, shorter = sorted((self.planes, other.planes), key=len, reverse=True)
        carry = 0
        planes = []
        for number, plane in enumerate(longer):
            one = plane & mask
            two = shorter[number] & mask if number < len(shorter) else 0
            half = one ^ two
            planes.append(half ^ carry)
            carry = (one & two) | (half & carry) if carry else one & two
        if carry:
            planes.append(carry)
        return Costed(mask, tuple(planes))

    def either(self, other: "Costed") -> "Costed":
        """The papers in one or both, at the lower cost."""
        if not self.mask or not other.mask:
            return other if not self.mask else self
        width = max(len(self.planes), len(other.planes))
        ours = self.planes + (0,) * (width - len(self.planes))
        theirs = other.planes + (0,) * (width - len(other.planes))
        equal, lower = self.mask & other.mask, 0
        for our, their in zip(reversed(ours), reversed(theirs), strict=True):
            lower |= equal & our & (our ^ their)
            equal ^= equal & (our ^ their)
        take = (other.mask ^ (other.mask & self.mask)) | lower
        planes = tuple((our ^ (our & take)) | (their & take) for our, their in zip(ours, theirs, strict=True))
        return Costed(self.mask | other.mask, planes)

    def only(self, papers: int) -> "Costed":
        """Those also in `papers`."""
        return Costed(self.mask & papers, tuple(plane & papers for plane in self.planes))

    def tiers(self) -> Iterator[int]:
        """The papers, in sets of equal cost, cheapest first."""
        yield from _split(self.mask, self.planes)


def _split(papers: int, planes: tuple[int, ...]) -> Iterator[int]:
    if not papers:
        return
    if not planes:
        yield papers
        return
    dearer = papers & planes[-1]
    yield from _split(papers ^ dearer, planes[:-1])
    yield from _split(dearer, planes[:-1])
