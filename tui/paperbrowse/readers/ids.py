"""The ids of papers as they stand in fields and addresses, in the one form that records share."""

import re
from urllib.parse import unquote

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\"<>{}|\\^`]+")
_BARE_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S*[^\s.,;:]")
"""By itself a DOI may hold what would end it in running text: "10.1002/(SICI)1097(1998)49:8<693::AID4>3"."""
_SHORT_DOI = re.compile(r"(?<![\d.])10/[a-z0-9]{3,10}(?![\w/])")
_ARXIV = re.compile(r"(?:\d{4}\.\d{4,5}|[a-z]+(?:-[a-z]+)*(?:\.[A-Z]{2})?/\d{7})(?=v\d|\D|$)")
_ARXIV_PLACE = re.compile(
    r"(?:arxiv\.org/(?:abs|pdf|html|e-print|format)/|arxiv[:.\s]\s*|\babs/)(?P<id>" + _ARXIV.pattern + ")",
    re.IGNORECASE,
)
_ANTHOLOGY = r"(?:\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+|[A-Z]\d\d-\d{4})"
_ANTHOLOGY_PLACE = re.compile(
    rf"(?:aclanthology\.org/|aclanthology\.info/papers/|aclweb\.org/anthology/(?:papers/(?:\w/){{2}})?"
    rf"|10\.(?:18653|3115)/v1/)(?P<id>{_ANTHOLOGY})(?![\w-])",
    re.IGNORECASE,
)
ARXIV_SUBJECT = re.compile(
    r"(?:astro-ph|cond-mat|cs|econ|eess|math|nlin|physics|q-bio|q-fin|stat)\.[A-Za-z-]{2,12}"
    r"|hep-(?:th|ph|ex|lat)|quant-ph|gr-qc|math-ph|nucl-(?:th|ex)"
)
"""A subject with its archive, "cs.CL"."""
_CLOSING = {")": "(", "]": "["}


def doi_of(text: str) -> str | None:
    """The DOI in `text`, which may be an address or carry a label ("doi:10.1145/1", "https://doi.org/10.…")."""
    if _BARE_DOI.fullmatch(text):
        return text
    match = _DOI.search(text)
    if match is None:
        return None
    doi = match[0].rstrip(".,;:'")
    while doi and doi[-1] in _CLOSING and doi.count(doi[-1]) > doi.count(_CLOSING[doi[-1]]):
        doi = doi[:-1].rstrip(".,;:'")
    return doi


def doi_in_address(url: str) -> str | None:
    """The DOI that an address of doi.org leads to."""
    return doi_of(unquote(url)) if "doi.org/" in url else None


def short_doi_address(text: str) -> str | None:
    """The address of a short DOI ("10/ggbwf6"), which is another name for one that it does not tell."""
    match = _SHORT_DOI.search(text)
    return f"https://doi.org/{match[0]}" if match else None


def arxiv_of(text: str, *, bare: bool = False) -> str | None:
    """The arXiv id that `text` names, without its version; `bare`: also where nothing says that it is one."""
    match = _ARXIV_PLACE.search(text)
    if match is not None:
        return match["id"]
    if bare and (alone := _ARXIV.match(text.strip())) is not None:
        return alone[0]
    return None


def anthology_of(text: str) -> str | None:
    """The ACL Anthology id in an address of the Anthology or in a DOI of the ACL."""
    match = _ANTHOLOGY_PLACE.search(text)
    if match is None:
        return None
    found = match["id"]
    return found.lower() if found[0].isdigit() else found.upper()
