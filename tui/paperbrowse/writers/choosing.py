"""Which fields of a format a person may choose, by the format's own names."""

from collections.abc import Collection, Sequence

from paperbrowse.text.slips import asked


def field_names(form: str) -> Collection[str]:
    """The names that an entry in that format can have; none where it has no fields to choose from."""
    if form in ("bibtex", "biblatex"):
        from paperbrowse.writers.bibtex import FIELD_NAMES

        return FIELD_NAMES
    if form == "csljson":
        from paperbrowse.writers.csljson import FIELDS as CSL_FIELDS

        return CSL_FIELDS
    if form in ("json", "jsonl", "csv"):
        from paperbrowse.writers.json import FIELDS

        return FIELDS
    return ()


def complaint(form: str, chosen: Sequence[str]) -> str:
    """What is wrong with a choice of fields, in a few words; mostly nothing."""
    known = {name.lower(): name for name in field_names(form)}
    if chosen and not known:
        return f"fields cannot be chosen in {form}"
    for name in chosen:
        if name.lower() not in known:
            hint = asked(name, known.values(), f"there are {', '.join(sorted(known))}")
            return f"{name}: no such field; {hint}"
    return ""
