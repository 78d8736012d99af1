"""Where the title ends when title and byline are glued: shapes that no single rule gets right."""

from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperbrowse.readers.boundary import Glued, open_line, split_page
from paperbrowse.readers.boundary_model import bundled, read_model, write_model

# title | byline | abstract; all invented, each for one difficulty.
CASES = [
    "Translation Systems for WMT21|Shuhan Hou, Tao Hou, Binghao Wen et al.|Our system for WMT21 is fast.",
    "The NiuNet Translation Systems for WMT20|Ana Ruiz|NiuNet took part in WMT20.",
    "What Is Left of NLU?|Simone Tedesco|We ask what is left of NLU.",
    "A Treebank, Consolidated 1.0|Jan Hajek|Version 1.0 of the treebank.",
    "The Trouble with Datasets.|Rob van der Groot|Datasets are in trouble.",
    "Driving in SVL|Hamid Ebrahimi|A simulator called SVL.",
    "Deep Summarization|Kathleen McKeever|We study summarization.",
    "Leaving Fingerprints|Hope Elizabeth McGovern, Rick Stuart|Models leave fingerprints.",
    "Deep Summarization|Jay DeYoung, Bill MacCarthy, Sam O'Brien et al.|We study summarization.",
    "Parsing Basque|Iñigo Etxeberria, Şaziye Özateş|Basque is parsed.",
    "Parsing Polish|Łukasz Dębski|Polish is parsed.",
    "Parsing French|Élodie Gauthier, Émile Durand|French is parsed.",
    "Universal Annotation|de Marnier, Anne-Marie de Clerk, Joakim Nilsson et al.|We revise the annotation.",
    "Fast, Cheap, and Good Translation|John Smithson|Good translation need not be slow.",
    "Fast, Cheap, and Good|John Smithson, Jane Doering|Is it good?",
    "Fast, Cheap, and Good: GPT-4|A. B. Smithson, C. D'Souza, E. F. de la Cruz et al.|We use GPT-4.",
    "Learning with GPT|J. Alam|GPT learns.",
    "Learning with GPT|Plato|GPT learns.",
    "We Need to Talk about \"Words\"|Yann LeCoultre|There are words.",
    "Vision with CLIP (Extended Version)|Ian J. Goodfriend|An extended version of CLIP.",
    "Scaling RankNet|Kazuya Niimi|RankNet is scaled.",
    "Benchmarks for DeBERTa|Pavan Kumar, Ning Lin, Jin Wang et al.|We test DeBERTa.",
    "Topics in Sigmoid|GuoDong Zhao|A sigmoid topic.",
    "On $\\Lambda$CDM|Eleonora Di Valle|We revisit $\\Lambda$CDM.",
    "Holography for CFT$_4$|Nick Evansson|A CFT$_4$ dual.",
    "Prompts for IE|Eyal Ben-Dov|We prompt for IE.",
    "Notes on C++|Bjarne Strand|C++ is noted.",
    "Results on ImageNet|danah boyle|We report on ImageNet.",
    "Model Cards|The Card Team|We describe model cards.",
    "Machine Translation of Names|Edward P. Stabler, Jr., Ann Lee|Names are translated.",
    "Metaphor Detection|Chee Wee (Ben) Leung, Beata Klein|We detect metaphor.",
    "The Shared Task –|Cristian Groza|A shared task.",
    "How to Quote a ‘LITE’|Neeraj Varma|A LITE quotation.",
]  # fmt: skip


def record(case: str) -> tuple[Glued, str, tuple[str, ...]]:
    title, byline, abstract = case.split("|")
    names = byline.removesuffix(" et al.")
    # "Jr." belongs to the name before it.
    authors = tuple(names.replace(", Jr.", "; Jr.").split(", "))
    return (
        Glued(title + names, byline != names, abstract),
        title,
        tuple(name.replace("; ", ", ") for name in authors),
    )


@pytest.mark.parametrize("case", CASES)
def test_alone_with_its_abstract(case: str) -> None:
    glued, title, authors = record(case)
    [split] = split_page([glued])
    assert (split.title, split.authors) == (title, authors)
    assert 0 < split.certainty <= 1


def test_all_on_one_page() -> None:
    records = [record(case) for case in CASES]
    splits = split_page([glued for glued, _, _ in records])
    assert [(split.title, split.authors) for split in splits] == [
        (title, authors) for _, title, authors in records
    ]


def test_the_page_teaches_names() -> None:
    line = Glued("Reading with BetaMaxRay Brown", False, "")
    assert split_page([line], names=["MaxRay Brown"])[0].authors == ("MaxRay Brown",)
    assert split_page([line], names=["Ray Brown"])[0].authors == ("Ray Brown",)


def test_lines_teach_each_other_names() -> None:
    line = Glued("Reading with CoMaRuth Bell", False, "")
    assert split_page([line])[0].authors == ("Ruth Bell",)
    other = Glued("A Corpus of LettersMaRuth Bell", False, "We describe a corpus of letters.")
    assert [split.authors for split in split_page([line, other])] == [("MaRuth Bell",)] * 2


def test_the_abstract_decides_between_two_readings() -> None:
    line = "Notes on AlphaJinYeong Bae"
    [short] = split_page([Glued(line, False, "These are notes on Alpha.")])
    [long] = split_page([Glued(line, False, "These are notes on AlphaJin.")])
    assert short.authors == ("JinYeong Bae",)
    assert long.title == "Notes on AlphaJin"


def test_a_line_without_authors_stays_whole() -> None:
    [split] = split_page([Glued("no capital and no name", False, "")])
    assert split.title == "no capital and no name"
    assert split.authors == ()
    assert split_page([]) == []


def test_the_model_comes_back_from_its_text() -> None:
    model = bundled()
    stream = StringIO()
    write_model(model, stream)
    assert read_model(StringIO(stream.getvalue())) == model
    assert len(stream.getvalue().encode()) < 140_000


NAMES = st.sampled_from(["Wei Lu", "Ana García Ruiz", "J. R. Firth", "Łukasz Nowak", "Mo", "O'Neil Ash"])


@given(
    title=st.text(alphabet=st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30),
    names=st.lists(NAMES, min_size=1, max_size=3),
    et_al=st.booleans(),
    abstract=st.text(max_size=80),
)
def test_nothing_of_a_line_is_lost(title: str, names: list[str], et_al: bool, abstract: str) -> None:
    line = title + ", ".join(names)
    [split] = split_page([Glued(line, et_al, abstract)])
    assert line.startswith(split.title)
    if split.authors:
        squeezed = "".join((split.title + "".join(split.authors)).split()).replace(",", "")
        assert squeezed == "".join(line.split()).replace(",", "")
        assert split.title


@pytest.mark.parametrize(
    "line",
    [
        "Aa" * 1_000_000,
        "A" * 2_000_000,
        "A, " * 700_000,
        "aB " * 700_000,
        "et al. " * 300_000,
        "x.Y·" * 500_000,
    ],
    ids=lambda line: line[:6],
)
def test_an_endless_line_is_read(line: str) -> None:
    """What is weighed does not grow with the line (a second here; days if it did)."""
    for et_al in (True, False):
        [split] = split_page([Glued(line, et_al, "Aa aB")])
        assert line.startswith(split.title)
        assert len(open_line(Glued(line, et_al, ""), bundled()).places) <= 200
