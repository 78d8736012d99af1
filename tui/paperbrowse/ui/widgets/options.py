"""Textual's lists of options, which keys and clicks that come while they change do not bring down."""

from contextlib import suppress
from typing import Literal

from textual.command import CommandList
from textual.events import Click
from textual.widgets import OptionList


class Options(OptionList):
    """A list of options that may change while it is used."""

    async def _on_click(self, event: Click) -> None:
        _ignore_what_is_gone(self, event)

    def _move_page(self, direction: Literal[-1, 1]) -> None:
        with suppress(KeyError, IndexError):  # its lines are not laid out yet
            super()._move_page(direction)


class Commands(CommandList):
    """The palette's list, likewise."""

    async def _on_click(self, event: Click) -> None:
        _ignore_what_is_gone(self, event)

    def _move_page(self, direction: Literal[-1, 1]) -> None:
        with suppress(KeyError, IndexError):
            super()._move_page(direction)


def _ignore_what_is_gone(options: OptionList, event: Click) -> None:
    # The number was drawn with the line that was clicked at; there may be fewer by now. Textual calls its
    # own handler after ours, unless it is kept from it.
    number = event.style.meta.get("option")
    if number is not None and number >= options.option_count:
        event.prevent_default()
