"""The recording shows at every moment what was on the screen then."""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest
from rich.segment import Segment
from rich.style import Style

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def record(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    file = Path(__file__).parents[2] / "screenshots" / "record.py"
    spec = importlib.util.spec_from_file_location("record", file)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "record", module)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "SIZE", (20, 2))
    return module


def visible_at(svg: str, percent: float) -> list[str]:
    """The texts that CSS shows at that part of the film, from above."""
    keyframes = {
        name: [(float(at), how) for at, how in re.findall(r"([\d.]+)%\{visibility:(\w+)\}", body)]
        for name, body in re.findall(r"@keyframes (s\d+)\{((?:[\d.]+%\{[^}]*\})+)\}", svg)
    }

    def shown(name: str) -> bool:
        now: str
        *_, now = (how for at, how in [(0.0, "hidden"), *keyframes[name]] if at <= percent)
        return now == "visible"

    found = []
    for group in ElementTree.fromstring(svg).iter(f"{SVG}g"):
        name = group.get("class", "").split(" ")[0]
        if not name or shown(name):
            texts = [text for text in group if text.tag == f"{SVG}text"]
            found += [(float(text.get("y", "0")), text.text or "") for text in texts]
    return [text for _, text in sorted(found)]


def test_every_moment_shows_its_own_lines_and_no_other(record: ModuleType) -> None:
    plain, bold = Style.parse("white on black"), Style.parse("bold red on blue")

    def lines(first: str, second: str) -> list[tuple[Segment, ...]]:
        return [(Segment(f"{first:<20}", plain),), (Segment(f"{second:<20}", bold),)]

    frames = [("<a> & b", "same"), ("other", "same"), ("<a> & b", "same"), ("other", "last │ ▐")]
    film = record.Film([(float(at), lines(*texts)) for at, texts in enumerate(frames)], 4.0)
    svg = record.drawn(film)
    for at, (first, second) in enumerate(frames):
        assert visible_at(svg, 100 * (at + 0.5) / 4) == [first, second.split(" ")[0]]


def test_the_steps_take_as_long_as_a_person_looks(record: ModuleType) -> None:
    seconds = sum(step.hold + len(step.text) * record.LETTER for step in record.STEPS)
    assert 10 <= seconds <= 15
