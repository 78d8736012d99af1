"""The terminal as Textual drives it, and what it sends that is no text."""

from textual.drivers.linux_driver import LinuxDriver


class Terminal(LinuxDriver):
    """A driver that outlives bytes which are not UTF-8: a terminal set to Latin-1, a paste of a binary file.

    Textual's own ends the program on them. Here what arrived together with them is passed over.
    """

    def run_input_thread(self) -> None:
        """Read what is typed until the end."""
        while True:
            try:
                super().run_input_thread()
            except UnicodeDecodeError:
                continue
            return
