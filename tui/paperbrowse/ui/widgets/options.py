"""Textual's lists of options, which keys and clicks that come while they change do not bring down."""

from contextlib import suppress
from typing import Literal

from textual.command import CommandList
from textual.events import Click
from textual.geometry import Offset
from textual.style import Style
from textual.widgets import OptionList


class _List(OptionList):
    """What ours have in common."""

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where on the screen the highlighted option begins."""
        line = self._index_to_line.get(self.highlighted or 0, 0)
        return self.content_region.offset + Offset(0, max(line - self.scroll_offset.y, 0))

    # Textual forgets of a part's style that it is reversed; without colours nothing else tells the row.

    def get_visual_style(self, *component_classes: str, partial: bool = False) -> Style:
        """The style of the list or of its parts."""
        style = super().get_visual_style(*component_classes, partial=partial)
        is_reversed = any(self.get_component_styles(name).text_style.reverse for name in component_classes)
        return style + Style(reverse=True) if is_reversed else style


class Options(_List):
    """A list of options that may change while it is used."""

    async def _on_click(self, event: Click) -> None:
        _ignore_what_is_gone(self, event)

    def _move_page(self, direction: Literal[-1, 1]) -> None:
        with suppress(KeyError, IndexError):  # its lines are not laid out yet
            super()._move_page(direction)


class Commands(CommandList, _List):
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
