"""Keys in the order they were typed, each to where the one before it led.

Textual hands every key to the widget that has the focus at that moment, and a key that moves the focus takes
effect only when it has climbed back up to the application. What is typed faster than that (a paste, a script,
quick hands) would land in the wrong pane: "/graph" would run the commands g, r, a, p and h.
"""

import asyncio
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.driver import Driver
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input
from textual.worker import Worker

_PATIENCE = 100
"""Looks after which a key that never settles holds up the others no longer. They are not seconds: on a busy
machine a second may pass before the key had its turn at all."""
_DIALOGS = ("dialog", "leave")
"""Groups of the workers that open a dialog and go on with its answer."""
_MEANT = "\n\r\t\u200c\u200d\u00a0\u3000"
"""Of what Python calls unprintable: lines, blanks and joiners. The rest would control the terminal."""
_LOOK_AGAIN = 0.02
"""Seconds between looks at whether what holds up the keys is done."""


@dataclass(frozen=True, slots=True)
class _UnderWay:
    """A key that was handed on: to which widget, on which screen."""

    target: DOMNode
    screen: Screen[Any]


@dataclass
class KeySettled(Message):
    """Follows a key on its way up, twice.

    When it arrives first, the key's action has run; when it arrives again, so has what the action asked the
    screen for by a message, such as another focus.
    """

    key: _UnderWay
    again: bool = False


class TypeAheadApp(App[int]):
    """An application that takes in a key only when the one before it is done."""

    def __init__(self) -> None:
        super().__init__()
        self._typed: deque[events.Key | events.Paste] = deque()
        self._under_way: _UnderWay | None = None
        self._given_up: set[Worker[Any]] = set()
        self._looks = 0
        self._looking = False

    def get_driver_class(self) -> type[Driver]:
        """Textual's driver, made to last where we know how."""
        chosen = super().get_driver_class()
        if chosen.__name__ != "LinuxDriver":
            return chosen
        from paperbrowse.ui.terminal import Terminal

        return Terminal

    @property
    def keys_pending(self) -> bool:
        """Whether a key that was typed is not done yet."""
        return bool(self._typed) or not self._settled

    @property
    def _settled(self) -> bool:
        """Whether the last key is done: it came back, or it closed or opened a screen."""
        key = self._under_way
        return key is None or not key.target.is_attached or key.screen is not self.screen

    @property
    def _at_rest(self) -> bool:
        """Whether the next key goes to where the one before it led; a dialog may be on its way."""
        return self._settled and self.screen.is_mounted and self._given_up.issuperset(self._awaited())

    def _awaited(self) -> Iterator[Worker[Any]]:
        """What the keys before set to work that may move the focus, or the cursor of the list that has it."""
        groups = _DIALOGS if isinstance(self.focused, Input) else (*_DIALOGS, "look")
        for worker in self.workers:
            if worker.group in groups and worker.node is self.screen and not worker.is_finished:
                yield worker

    async def on_event(self, event: events.Event) -> None:
        """Queue what is typed, take out of a paste what is no text, and let everything else through."""
        if isinstance(event, events.Paste):
            event.text = "".join(char for char in event.text if char.isprintable() or char in _MEANT)
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self._typed.append(event)
            await self._next_key()
        else:
            await super().on_event(event)

    async def on_key_settled(self, message: KeySettled) -> None:
        """The key before is done, once it was told twice."""
        key = message.key
        if key is not self._under_way:
            return  # its dialog was faster, and it is another's turn
        if not message.again and key.target.post_message(KeySettled(key, again=True)):
            return
        self._under_way = None
        await self._next_key()

    async def _next_key(self) -> None:
        if self._settled:
            self._under_way = None
        while self._typed and self._at_rest:
            key = _UnderWay(self.focused or self.screen, self.screen)
            await super().on_event(self._typed.popleft())
            self._under_way = key if key.target.post_message(KeySettled(key)) else None
            self._looks = 0
        if (self._typed or self._under_way) and not self._looking:
            self._looking = True
            # Not Textual's timer: on a busy machine one that is late from the start never goes off.
            asyncio.get_running_loop().call_later(_LOOK_AGAIN, self.call_later, self._look_again)

    async def _look_again(self) -> None:
        self._looking = False
        self._looks += 1
        if self._looks > _PATIENCE:
            self._under_way, self._given_up = None, set(self._awaited())
            self._looks = 0
        await self._next_key()
