"""Textual's lists of options, which a click on what is just being replaced does not bring down."""

from textual.command import CommandList
from textual.events import Click
from textual.widgets import OptionList


class Options(OptionList):
    """A list of options that may change while it is clicked at."""

    async def _on_click(self, event: Click) -> None:
        _ignore_what_is_gone(self, event)


class Commands(CommandList):
    """The palette's list, likewise."""

    async def _on_click(self, event: Click) -> None:
        _ignore_what_is_gone(self, event)


def _ignore_what_is_gone(options: OptionList, event: Click) -> None:
    # The number was drawn with the line that was clicked at; there may be fewer by now. Textual calls its
    # own handler after ours, unless it is kept from it.
    number = event.style.meta.get("option")
    if number is not None and number >= options.option_count:
        event.prevent_default()
