"""Supplied titles, in square brackets as cataloguers write them, for records whose source prints none."""

import re

from paperbrowse.model import Provenance

_WORDS = 9
_LONGEST = 160
_LOOKED_AT = 4000
"""Characters in which the name is looked for: more than any abstract has, and little enough to search."""

_PRESENTED = re.compile(
    r"\b(?:propose|present|introduce|develop|release|design|build|describe|unveil|call|called|named|dubbed|"
    r"termed|coined|namely|name|proposes|presents|introduces|titled|entitled|denoted|denoted as|term|dub)"
    r"(?: it| this method| our method| our approach| our model| the model)?(?: as)?[ :]+"
    r"[\"“'‘*]{0,2}(?P<name>\w(?:[\w+@²$^-]|\.(?=\d)){0,40}(?: ?\d(?:\.\d)?)?)[\"”'’*]{0,2}(?=[ ,.;:()]|$)"
)
_INTRODUCED = re.compile(
    r"\b(?:[Oo]ur|new|novel|proposed) (?:[\w-]+ ){0,4}"
    r"(?:method|approach|framework|model|system|dataset|benchmark|corpus|toolkit|architecture|paradigm|"
    r"algorithm|module|strategy|technique|resource|library|metric),? "
    r"(?P<name>[A-Z][\w+-]{0,30}[A-Z0-9][\w+-]{0,30})(?=[ ,.;:(])"
)
_ARTICLES = frozenset(
    "A An The This That These Our We It In On To For And Here Then Such".split()  # noqa: SIM905
)

_ADJECTIVE = re.compile(r"-(?:style|like|based|aware|driven|specific|guided|level|free|enhanced|augmented)$")

# What many papers build on, and plurals of abbreviations ("LLMs").
_COMMON = re.compile(
    r"(?:m?BERT|GPT|T5|LLaMA|Llama|NMT|SMT|NLP|NLU|NLG|HMM|CRF|LSTM|RAG|LLM|PLM)[\w.-]*|[A-Z]+s"
)


def supplied_title(abstract: str) -> str:
    """`[Tab-CoT: The chain-of-thought prompting methods were successful in …]` for `abstract`.

    The name before the colon stands only where the abstract clearly gives its work one.
    """
    abstract = abstract[:_LOOKED_AT]
    words = abstract.split(None, _WORDS + 1)
    start = " ".join(words[:_WORDS])[:_LONGEST].rstrip(",;:.")
    if len(words) > _WORDS:
        start += " …"
    name = _name_of_work(abstract)
    return f"[{name}: {start}]" if name else f"[{start}]"


def heading(title: str, abstract: str) -> tuple[str, Provenance] | None:
    """The title that a record states, or one supplied from its abstract; None where there is neither."""
    if title:
        return title, "stated"
    return (supplied_title(abstract), "derived") if abstract else None


def _name_of_work(abstract: str) -> str | None:
    """The name the authors give what they present, if it looks like a name and not like a sentence's word."""
    for pattern in (_PRESENTED, _INTRODUCED):
        for match in pattern.finditer(abstract):
            name = match["name"].rstrip(".,:;")
            if _is_coined(name, abstract):
                return name
    return None


def _is_coined(name: str, abstract: str) -> bool:
    """Whether `name` is capitalized like no ordinary word, or a proper noun that comes back later."""
    if len(name) < 3 or name in _ARTICLES or not any(map(str.isupper, name)):
        return False
    if _ADJECTIVE.search(name) or _COMMON.fullmatch(name):
        return False
    if any(char.isupper() for char in name[1:]):
        return True
    return name[0].isupper() and len(re.findall(rf"\b{re.escape(name)}\b", abstract)) > 1
