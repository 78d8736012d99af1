"""What can be undone and redone: the changes of this session and of those it came after."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from paperbrowse.bookmarks.operations import Operation

_MOST = 200

Group = list[Operation]
"""The operations of one change."""


@dataclass(slots=True)
class History:
    """Two stacks of changes, the newest last."""

    undoable: list[Group] = field(default_factory=list)
    redoable: list[Group] = field(default_factory=list)

    def made(self, group: Group) -> None:
        """Note a change; an undoing or redoing takes the change it concerns off its stack."""
        first = group[0]
        if first.undoes:
            _take(self.undoable, first.undoes)
            self.redoable.append(group)
        elif first.redoes:
            _take(self.redoable, first.redoes)
            self.undoable.append(group)
        else:
            self.redoable.clear()
            self.undoable.append(group)
        del self.undoable[:-_MOST]

    def forget(self, group_id: str) -> None:
        """Drop a change that another program has undone."""
        _take(self.undoable, group_id)


def _take(groups: list[Group], group_id: str) -> None:
    for place in reversed(range(len(groups))):
        if groups[place][0].group == group_id:
            del groups[place]
            return


def from_journal(operations: Sequence[Operation], session: str, until: int) -> History:
    """The history of `session` up to the number `until`, with that of the sessions before it."""
    spans = _lineage(operations, session, until)
    history = History()
    group: Group = []
    for operation in operations:
        if group and operation.group != group[0].group:
            history.made(group)
            group = []
        if operation.number <= spans.get(operation.session, 0):
            group.append(operation)
        elif operation.undoes:
            history.forget(operation.undoes)
    if group:
        history.made(group)
    return history


def _lineage(operations: Sequence[Operation], session: str, until: int) -> dict[str, int]:
    """The sessions one after the other, with the number up to which each counts."""
    parents = {operation.session: (operation.parent, operation.parent_until) for operation in operations}
    spans: dict[str, int] = {}
    while session and session not in spans:
        spans[session] = until
        session, until = parents.get(session, ("", 0))
    return spans
