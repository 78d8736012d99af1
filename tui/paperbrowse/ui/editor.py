"""Text in the editor that a person likes."""

import os
import shlex
import subprocess
import tempfile
from pathlib import Path


class EditorError(Exception):
    """The editor did not start or did not end well; the message says which and why."""


def edited(text: str) -> str:
    """`text` as it comes back from $VISUAL or $EDITOR, else vi, with the terminal lent to it.

    Raises:
        EditorError: the editor is not there, failed, or left something that is not text.
    """
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    with tempfile.TemporaryDirectory(prefix="paperbrowse-") as folder:
        file = Path(folder) / "note.md"
        file.write_text(text, "utf-8")
        try:
            subprocess.run([*shlex.split(command), str(file)], check=True)
            return file.read_text("utf-8").rstrip("\n")
        except (OSError, ValueError, subprocess.CalledProcessError) as error:
            raise EditorError(f"{command}: {error}") from error
