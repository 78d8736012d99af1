"""Copying, and the truth about where the copy went."""

import os
import shutil
import subprocess

from textual.app import App

_TOOLS = (
    ("WAYLAND_DISPLAY", ("wl-copy",)),
    ("DISPLAY", ("xclip", "-selection", "clipboard")),
    ("DISPLAY", ("xsel", "--clipboard", "--input")),
    ("", ("pbcopy",)),
)


def copy(app: App[object], text: str) -> str:
    """Send `text` to the terminal's clipboard and to the desktop's where a tool for it is there.

    Returns what may be claimed: a terminal never says whether it took the text.
    """
    app.copy_to_clipboard(text)
    for variable, command in _TOOLS:
        if (not variable or os.environ.get(variable)) and shutil.which(command[0]):
            try:
                subprocess.run(command, input=text.encode(), check=True, timeout=2, capture_output=True)
            except (OSError, subprocess.SubprocessError):
                continue
            return f"copied with {command[0]}"
    return "sent to the terminal’s clipboard"
