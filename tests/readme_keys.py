"""Write the key table into the README, between its two comments: python tests/readme_keys.py"""

from pathlib import Path

from paperbrowse.ui.commands import key_table

README = Path(__file__).parent.parent / "README.md"
BEGIN, END = "<!-- keys: begin -->", "<!-- keys: end -->"


def with_table(text: str) -> str:
    """`text` with the table as it is now."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{key_table()}\n{END}{after}"


def main() -> None:
    """Rewrite the README where it is stale."""
    text = README.read_text("utf-8")
    if (rewritten := with_table(text)) != text:
        README.write_text(rewritten, "utf-8")


if __name__ == "__main__":
    main()
