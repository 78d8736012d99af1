"""Take the pictures in this folder from the program itself: `.venv/bin/python screenshots/make.py`."""

import asyncio
import re
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from tests.ui.driving import Browser, browsing  # noqa: E402 - the path above comes first

# Textual's export asks the web for its font; ours stands on the reader's own.
_WEB_FONT = re.compile(r"\s*@font-face \{[^}]*\}")

SHOTS: dict[str, tuple[tuple[int, int], str, list[str]]] = {
    "browse": ((160, 36), "paper-dark", ["/knowldge distil", "<enter>"]),
    "filter": ((120, 36), "paper-dark", ["/author:mu knowldge distil"]),
    "author": ((120, 36), "paper-light", ["<1>", "<down>", "<down>", "<tab>", "<j>", "<j>", "<b>"]),
    "help": ((120, 40), "paper-dark", ["<question_mark>"]),
    "export": ((120, 36), "paper-dark", ["<b>", "<j>", "<b>", "<j>", "<j>", "<b>", "<e>"]),
    "plots": ((120, 40), "paper-dark", ["<2>", "<P>"]),
    "people": ((120, 36), "paper-dark", ["<equals_sign>"]),
    "like": ((120, 36), "paper-light", ["<j>", "<j>", "<D>"]),
    "small": ((80, 24), "paper-dark", ["<j>", "<j>"]),
    "narrow": ((40, 12), "paper-light", []),
    "ansi": ((120, 36), "ansi-dark", ["/reward", "<enter>"]),
}


async def take(name: str, size: tuple[int, int], theme: str, steps: list[str]) -> None:
    """Start the browser on the bundled pages, press the keys, save the picture."""
    with tempfile.TemporaryDirectory() as folder:
        async with browsing(Path(folder), size=size) as browser:
            browser.app.theme = theme
            for step in steps:
                await press(browser, step)
            await browser.settle()
            picture = _WEB_FONT.sub("", browser.app.export_screenshot(title="paperbrowse", simplify=True))
            (HERE / f"{name}.svg").write_text(picture, "utf-8")


async def press(browser: Browser, step: str) -> None:
    """A key in angle brackets, or text to type."""
    if step.startswith("<"):
        await browser.press(step.strip("<>"))
    else:
        await browser.type(step)


async def main() -> None:
    """Take the pictures that are named on the command line, or all."""
    for name in sys.argv[1:] or SHOTS:
        await take(name, *SHOTS[name])
        print(HERE / f"{name}.svg")


if __name__ == "__main__":
    asyncio.run(main())
