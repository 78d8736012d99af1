"""The screen. Nothing outside this package imports Textual."""

import os

# Textual paints at once what comes after a pause; what comes right behind it, such as the papers behind the
# letter that was typed, waits for one to two periods of this rate.
os.environ.setdefault("TEXTUAL_FPS", "250")
