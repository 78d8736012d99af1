"""The ACL Anthology's XML and arXiv's Atom: whole, broken, cut off, and hostile."""

import socket
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperbrowse.model import PartialDate, Reading
from paperbrowse.readers import read_document, read_paths
from paperbrowse.readers.anthology_xml import anthology_id
from paperbrowse.readers.document import Document

COLLECTION = """<?xml version='1.0' encoding='UTF-8'?>
<collection id="2024.test">
  <volume id="main" type="proceedings">
    <meta>
      <booktitle>Proceedings of the <fixed-case>T</fixed-case>est</booktitle>
      <editor><first>Ed</first><last>Itor</last></editor> <venue>test</venue><venue>ws</venue>
      <publisher>Test Society</publisher><address>Malta</address><month>March</month><year>2024</year>
    </meta>
    <frontmatter><url>2024.test-main.0</url><bibkey>test-2024-main</bibkey></frontmatter>
    <paper id="1">
      <title><fixed-case>GRAM</fixed-case>-R<tex-math>^2</tex-math>: <i>One</i> &amp; <b>Two</b></title>
      <author orcid="x"><first>Rob</first><last>van der Goot</last><affiliation>ITU</affiliation>
        <variant><first>R.</first><last>Goot</last></variant></author>
      <author><first/><last>OpenAI</last></author>
      <pages>1–16</pages>
      <abstract>See <url>https://github.com/x/y</url> for <tex-math>\\alpha &lt; 1</tex-math>.</abstract>
      <url hash="1">2024.test-main.1</url>
      <doi>10.18653/v1/2024.test-main.1</doi>
      <attachment type="software" hash="2">a.zip</attachment>
      <bibkey>goot-openai-2024-gram</bibkey>
    </paper>
    <paper id="2"><title>Second</title><author><first>A</first><last>B</last></author></paper>
    <paper id="3"><author><first>A</first><last>B</last></author></paper>
    <paper id="4"><title>Fourth</title><retracted date="2024-05-01">An error.</retracted></paper>
  </volume>
  <volume id="1" type="journal">
    <meta><booktitle>Journal of Tests, Volume 5, Issue 2 - June 2024</booktitle><year>2024</year>
      <journal-volume>5</journal-volume><journal-issue>2</journal-issue></meta>
    <paper id="1"><title>In a journal</title></paper>
  </volume>
  <event id="test-2024"><meta><title>The Test</title><location>Malta</location></meta></event>
</collection>
"""

FEED = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title>ArXiv Query</title><id>http://arxiv.org/api/x</id>
  <entry>
    <id>http://arxiv.org/abs/2301.00001v2</id>
    <published>2023-01-18T10:00:00Z</published><updated>2024-02-01T00:00:00Z</updated>
    <title>On a&lt;b and
      $x_1$, by G\\"odel</title>
    <summary>  First line
    second line.  </summary>
    <author><name>Kurt G\\"odel</name>
      <arxiv:affiliation xmlns:arxiv="http://arxiv.org/schemas/atom">IAS</arxiv:affiliation></author>
    <author><name>Ann Other</name></author>
    <arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">10.1000/x</arxiv:doi>
    <arxiv:journal_ref xmlns:arxiv="http://arxiv.org/schemas/atom">J. Tests 5</arxiv:journal_ref>
    <arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="cs.CL"/>
  </entry>
  <entry>
    <id>http://arxiv.org/abs/cs/9901002v1</id>
    <title>R&D in 1999</title><author><name>B</name></author>
  </entry>
</feed>
"""

EXTERNAL = """<?xml version="1.0"?>
<!DOCTYPE collection [<!ENTITY x SYSTEM "{}">]>
<collection id="2024.test"><volume id="1"><paper id="1"><title>&x;</title></paper></volume></collection>
"""

LAUGHS = """<?xml version="1.0"?>
<!DOCTYPE collection [<!ENTITY a "ha">{}]>
<collection id="2024.test"><volume id="1"><paper id="1"><title>&l9;</title></paper></volume></collection>
""".format("".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "&a;"}">' for n in range(10)))


def read(text: str | bytes) -> Reading:
    return read_document(Document("x.xml", text if isinstance(text, bytes) else text.encode()))


def test_a_paper_of_the_anthology() -> None:
    paper = read(COLLECTION).papers[0]
    assert paper.title == "GRAM-R$^2$: One & Two"
    assert (paper.authors, paper.authors_complete) == (("Rob van der Goot", "OpenAI"), True)
    assert paper.abstract == "See https://github.com/x/y for $\\alpha < 1$."
    assert (paper.venue, paper.date) == ("Proceedings of the Test", PartialDate(2024, 3))
    assert paper.venue_names == ("test", "ws")
    assert paper.editors == ("Ed Itor",)
    assert (paper.pages, paper.publisher, paper.address) == ("1-16", "Test Society", "Malta")
    assert (paper.anthology, paper.doi) == ("2024.test-main.1", "10.18653/v1/2024.test-main.1")
    assert paper.urls == ("https://aclanthology.org/2024.test-main.1/", "https://github.com/x/y")
    assert (paper.has_code, paper.affiliations) == (True, ("ITU",))
    assert (paper.cited_as, paper.source.line) == ("goot-openai-2024-gram", 10)


def test_all_papers_and_what_is_said_of_some() -> None:
    reading = read(COLLECTION)
    assert [paper.title for paper in reading.papers][1:] == ["Second", "Fourth", "In a journal"]
    assert [(problem.line, problem.what, problem.lost) for problem in reading.problems] == [
        (23, "the paper has no title", True),
        (24, "retracted 2024-05-01: An error.", False),
    ]


def test_a_journal() -> None:
    paper = read(COLLECTION).papers[-1]
    assert (paper.venue, paper.entry_type) == ("Journal of Tests", "article")
    assert (paper.volume, paper.number, paper.anthology) == ("5", "2", "2024.test-1.1")


@pytest.mark.parametrize(
    ("collection", "volume", "paper", "id_"),
    [
        ("P19", "1", "7", "P19-1007"),
        ("W18", "64", "1", "W18-6401"),
        ("D19", "1", "12", "D19-1012"),
        ("D19", "50", "3", "D19-5003"),
        ("2020.acl", "main", "5", "2020.acl-main.5"),
    ],
)
def test_ids(collection: str, volume: str, paper: str, id_: str) -> None:
    assert anthology_id(collection, volume, paper) == id_


def test_arxiv() -> None:
    reading = read(FEED)
    first, second = reading.papers
    assert first.title == "On a<b and $x_1$, by Gödel"
    assert (first.authors, first.arxiv, first.category) == (
        ("Kurt Gödel", "Ann Other"),
        "2301.00001",
        "cs.CL",
    )
    assert (first.date, first.doi, first.venue) == (PartialDate(2023, 1, 18), "10.1000/x", "J. Tests 5")
    assert first.abstract == "First line second line."
    assert first.affiliations == ("IAS",)
    assert (second.title, second.arxiv) == ("R&D in 1999", "cs/9901002")
    assert [(problem.line, problem.lost) for problem in reading.problems] == [(20, False)]


def test_an_error_of_arxiv_is_told() -> None:
    text = FEED[: FEED.index("  <entry>")] + (
        "<entry><id>http://arxiv.org/api/errors#incorrect_id</id><title>Error</title>"
        "<summary>incorrect id format for 1234</summary></entry></feed>"
    )
    reading = read(text)
    assert not reading.papers
    assert reading.problems[0].what == "arXiv answered with an error: incorrect id format for 1234"


@pytest.mark.parametrize("broken", ["<title>Open", "<title>a < b</title>", "<title>x</titel>", "\x07"])
def test_a_broken_paper_costs_itself(broken: str) -> None:
    text = COLLECTION.replace("<title>Second</title>", broken)
    reading = read(text)
    assert [paper.title for paper in reading.papers] == ["GRAM-R$^2$: One & Two", "Fourth", "In a journal"]
    assert reading.papers[-1].anthology == "2024.test-1.1"
    first = reading.problems[0]
    assert (first.line, first.what.split(":")[0]) == (22, "not well-formed XML")


def test_a_paper_behind_a_broken_one_keeps_its_volume_and_line() -> None:
    reading = read(COLLECTION.replace("<title>Second</title>", "<title>a < b</title>"))
    fourth = reading.papers[1]
    assert (fourth.venue, fourth.anthology, fourth.source.line) == (
        "Proceedings of the Test",
        "2024.test-main.4",
        24,
    )


@pytest.mark.parametrize("text", [COLLECTION, FEED])
def test_cut_off_anywhere_it_keeps_what_stood_before(text: str) -> None:
    whole = [paper.title for paper in read(text).papers]
    for cut in range(0, len(text), 11):
        reading = read(text[:cut])
        found = [paper.title for paper in reading.papers]
        assert found == whole[: len(found)]
        assert reading.problems


def test_an_external_entity_is_refused_and_nothing_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret", "utf-8")
    monkeypatch.setattr(socket, "socket", lambda *_args, **_more: pytest.fail("a connection was opened"))
    for address in (secret.as_uri(), "http://127.0.0.1:9/x"):
        reading = read(EXTERNAL.format(address))
        assert not reading.papers
        assert "refused" in reading.problems[0].what


def test_a_billion_laughs_are_refused() -> None:
    reading = read(LAUGHS)
    assert not reading.papers
    assert "declares entities" in reading.problems[0].what


def test_a_paper_that_is_not_closed_takes_no_other_with_it() -> None:
    text = COLLECTION.replace("<last>B</last></author></paper>", "<last>B</last></author>", 1)
    assert [paper.title for paper in read(text).papers] == ["GRAM-R$^2$: One & Two", "Fourth", "In a journal"]


def test_depth_is_limited() -> None:
    deep = COLLECTION.replace("Second", "<i>" * 100_000 + "Second" + "</i>" * 100_000)
    reading = read(deep)
    assert [paper.title for paper in reading.papers] == ["GRAM-R$^2$: One & Two", "Fourth", "In a journal"]
    assert "nested" in reading.problems[0].what


def test_declared_encodings() -> None:
    text = COLLECTION.replace("Second", "Zweite Übung")
    for encoding in ("ISO-8859-1", "UTF-16"):
        raw = text.replace("–", "-").replace("UTF-8", encoding).encode(encoding)
        assert read(raw).papers[1].title == "Zweite Übung"
        assert not [problem for problem in read(raw).problems if "UTF-8" in problem.what]


def test_the_folder_of_a_checkout(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "xml"
    folder.mkdir(parents=True)
    (folder / "2024.test.xml").write_text(COLLECTION, "utf-8")
    (folder / "schema.rnc").write_text("start = element collection", "utf-8")
    (tmp_path / "data" / "joint.yaml").write_text("2024.test: x", "utf-8")
    assert len(read_paths([tmp_path]).papers) == 4


_pieces = st.sampled_from(
    ["<paper id='9'>", "</paper>", "<title>", "</title>", "<author>", "</author>", "<volume id='2'>",
     "<meta>", "</volume>", "</meta>", "&", "&amp;", "&nbsp;", "<", ">", "]]>", "<!--", "-->", "x", "é",
     "<![CDATA[", "</collection>", "<?x"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(_pieces, max_size=25).map("".join))
def test_nothing_makes_it_stumble(text: str) -> None:
    reading = read(COLLECTION.replace("<title>Second</title>", f"<title>Second</title>{text}"))
    assert reading.papers[0].title == "GRAM-R$^2$: One & Two"
    assert len(reading.papers) >= 4 or reading.problems
