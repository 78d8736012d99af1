"""Copying, and the truth about where the copy went."""

import os
import shutil
import subprocess

from textual.app import App

_LARGEST = 1 << 20
"""Characters that a terminal can be expected to take; most take less, and some stop at 75 kB."""
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
    if len(text) > _LARGEST:
        return "too much for the clipboard; export it to a file"
    app.copy_to_clipboard(text)
    for variable, command in _TOOLS:
        if (not variable or os.environ.get(variable)) and shutil.which(command[0]):
            try:
                # xclip stays behind with its output open: whoever reads that waits for it in vain.
                subprocess.run(
                    command,
                    input=text.encode(),
                    check=True,
                    timeout=2,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
            except (OSError, subprocess.SubprocessError):
                continue
            return f"copied with {command[0]}"
    return "sent to the terminal’s clipboard"
