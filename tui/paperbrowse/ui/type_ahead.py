"""Keys in the order they were typed, each to where the one before it led.

Textual hands every key to the widget that has the focus at that moment, and a key that moves the focus takes
effect only when it has climbed back up to the application. What is typed faster than that (a paste, a script,
quick hands) would land in the wrong pane: "/graph" would run the commands g, r, a, p and h.
"""

import asyncio
import time
from collections import deque
from dataclasses import dataclass
from typing import Any

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.driver import Driver
from textual.message import Message
from textual.screen import Screen

_PATIENCE = 1.0
"""Seconds after which a key that never settles holds up the others no longer."""
_MEANT = "\n\r\t\u200c\u200d\u00a0\u3000"
"""Of what Python calls unprintable: lines, blanks and joiners. The rest would control the terminal."""
_LOOK_AGAIN = 0.02
"""Seconds between looks at whether a key is done whose widget has gone."""


@dataclass
class KeySettled(Message):
    """Follows a key on its way up, twice.

    When it arrives first, the key's action has run; when it arrives again, so has what the action asked the
    screen for by a message, such as another focus.
    """

    again: bool = False


@dataclass(frozen=True, slots=True)
class _UnderWay:
    """A key that was handed on: to which widget, on which screen, when."""

    target: DOMNode
    screen: Screen[Any]
    since: float


class TypeAheadApp(App[int]):
    """An application that takes in a key only when the one before it is done."""

    def __init__(self) -> None:
        super().__init__()
        self._typed: deque[events.Key] = deque()
        self._under_way: _UnderWay | None = None
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
        """Whether the last key is done: it came back, or it closed or opened a screen, or took too long."""
        key = self._under_way
        return (
            key is None
            or not key.target.is_attached
            or key.screen is not self.screen
            or time.monotonic() - key.since > _PATIENCE
        )

    async def on_event(self, event: events.Event) -> None:
        """Queue keys, take out of a paste what is no text, and let everything else through."""
        if isinstance(event, events.Paste):
            event.text = "".join(char for char in event.text if char.isprintable() or char in _MEANT)
        if isinstance(event, events.Key) and not event.is_forwarded:
            self._typed.append(event)
            await self._next_key()
        else:
            await super().on_event(event)

    async def on_key_settled(self, message: KeySettled) -> None:
        """The key before is done, once it was told twice."""
        key = self._under_way
        if key and not message.again and key.target.post_message(KeySettled(again=True)):
            return
        self._under_way = None
        await self._next_key()

    async def _next_key(self) -> None:
        # While a dialog is on its way, what is typed is meant for it.
        while self._typed and self._settled and self.screen.is_mounted:
            self._under_way = None
            target, screen = self.focused or self.screen, self.screen
            await super().on_event(self._typed.popleft())
            if target.post_message(KeySettled()):
                self._under_way = _UnderWay(target, screen, time.monotonic())
        if self._typed and not self._looking:
            self._looking = True
            # Not Textual's timer: on a busy machine one that is late from the start never goes off.
            asyncio.get_running_loop().call_later(_LOOK_AGAIN, self.call_later, self._look_again)

    async def _look_again(self) -> None:
        self._looking = False
        await self._next_key()
