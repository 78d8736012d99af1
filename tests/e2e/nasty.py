"""Records that have broken an exporter somewhere."""

from dataclasses import replace
from itertools import product

from paperbrowse.keys import assign_keys
from paperbrowse.model import Paper, PartialDate

NAMES = (
    "Ludwig van Beethoven",
    "Rob van der Goot",
    "Charles de la Vallée Poussin",
    "Émile Zola",
    "AT&T Labs",
    "α Labs, Inc., Ltd., Co. and β",
    "Łukasz Kaiser",
    "José Ortega y Gasset",
    "Martin Luther King Jr.",
    "Barton, Jr., G. Edward",
    "OpenAI",
    "The Qwen Team",
    "Barnes and Noble",
    "others",
    "et al.",
    "Nguyễn Văn Đạt",
    "Ömer Şahin",
    "Jean d’Alembert",
    "Conan O'Brien",
    "Müller-Lüdenscheidt, Dr. Klöbner",
    "bell hooks",
    "van Gogh",
    "X",
    "\\input{canary}",
    "{Braced Name}",
    "Kirill V. Golubnichiy",
    "J. R. R. Tolkien",
    "Hugo Ärger, Ünal",
    "R&D Team",
    "~%$#_^&",
    "---",
    "and",
    "von Neumann",
    "Đorđe Ćirić",
)

TITLES = (
    "{BERT} and the {Named Entity} of {G}PT",
    "A {B unbalanced brace",
    "An unbalanced } brace",
    "Costs $5 and $10",
    "GRAM-R$^2$: $\\mathcal{O}(n \\log n)$ for $\\mathbb{R}^{m \\times n}$",
    "50% of R&D is #1 in C_1 ~ {x^2}",
    "Quotes ``double'' `single' \"straight\" and ?` or !`",
    "Fullwidth ＡＢＣ, ligature ﬁ, minus − and dots …",
    "α-divergence ≤ β, H₂O, 10⁻⁵, x² → ∞",
    "Dash – and — and -- and ---",
    "back\\slash C:\\new\\times",
    "\\input{/etc/passwd}",
    "\\csname @@input\\endcsname /etc/passwd",
    "^^5cinput{/etc/passwd}",
    "$^^5cinput{/etc/passwd}$",
    "$\\input{/etc/passwd}$",
    "x}, note = {broken out",
    'x}} @preamble{"\\input{/etc/passwd}"}',
    "\\loop\\iftrue\\repeat",
    "\\end{document}",
    "\\catcode`\\%=12",
    "\\immediate\\openout15=pwned \\immediate\\write15{x}",
    "\\write18{touch pwned}",
    "\\def\\x{\\x}\\x",
    "$x^2^3$",
    "$x^2'$ and $\\frac{1}{2$ and $\\sqrt",
    "$\\left( x \\right.$ \\verb|x| \\begin{equation} x",
    "@article{x, y}",
    "%",
    "$",
    "{",
    "}",
    "\\",
    "{}",
    "$$",
    "{{{{}}}}",
    "A",
    "Ünïcödé Ñandú ŒUVRE ß ø Å ł ő ű č ğ ı",
    "\\textbf{Bold} \\emph{i} {\\bf b} \\unknown{arg} \\href{https://x.org/a_b%20}{Link}",
    "What? Why! Then. End",
    "AN OLD TITLE ALL IN CAPITALS",
    "a" * 3000,
    "$" * 300,
    "{" * 300,
    "\\hat{" * 60 + "}" * 60,
    "French « guillemets » and „low“ ‚quotes‘",
    "Tab\tand newline\nand\r\nmore",
    "and and others",
    "=cmd|'/c calc'!A0",
)


def keyed(papers: list[Paper]) -> list[Paper]:
    """`papers` with their citation keys."""
    return [replace(paper, key=key) for paper, key in zip(papers, assign_keys(papers), strict=True)]


def nasty() -> list[Paper]:
    """What has broken an exporter somewhere, one record each."""
    date = PartialDate(2024, 5, 17)
    papers = [Paper(title=f"Name {number}", authors=(name,), date=date) for number, name in enumerate(NAMES)]
    papers += [
        # Families differ in their first letters, since "alpha" has no more than 26 labels for each three.
        Paper(
            title=title,
            authors=(f"Ann {'BCDFG'[number // 12]}{'aeiou'[number % 5]}tor",),
            date=date,
            abstract=title,
        )
        for number, title in enumerate(TITLES)
    ]
    papers += [
        Paper(title="Many authors", authors=tuple(f"Given{n} Family{n}" for n in range(40)), date=date),
        Paper(
            title="Long abstract",
            authors=("Ann Author",),
            date=date,
            abstract="50% of {words} & more. " * 220,
        ),
        Paper(title="Nothing known"),
        Paper(
            title="[Untitled: We show Tab-CoT]",
            title_from="derived",
            pages_of=("Wei Lu",),
            date=PartialDate(2023),
        ),
        Paper(title="No year", authors=("Ann Author",)),
        Paper(
            title="Only a preprint", authors=("A B", "C D"), authors_complete=False, date=date, category="CL"
        ),
        Paper(
            title="With an e-print",
            authors=("A B",),
            date=date,
            category="CL",
            arxiv="2305.12345v2",
            urls=("https://github.com/a_b/c%20d#e&f~g",),
        ),
        Paper(
            title="In proceedings",
            authors=("A B",),
            date=date,
            venue="Proceedings of the 50% & Co. Workshop",
            entry_type="inproceedings",
            pages="416–425",
            volume="1",
            number="2",
            publisher="R&D Press",
            address="Málaga",
            doi="10.18653/v1/2020.acl-main_1",
            anthology="2020.acl-main.1",
        ),
        Paper(
            title="In a journal",
            authors=("A B",),
            date=date,
            venue="Journal of $x$",
            entry_type="article",
            pages="1-20",
            volume="12",
            number="3-4",
            doi="10.1000/<x>{y}%",
        ),
        Paper(title="Venue without author", date=date, venue="Findings of ACL", entry_type="inproceedings"),
    ]
    kinds = product(
        ("phdthesis", "mastersthesis", "techreport", "book", "incollection", "inbook"),
        ("University of X", None),
        ("R&D Press", None),
    )
    papers += [
        Paper(
            title=f"Kind {number} of publication",
            authors=(f"Ann {'BCDF'[number // 6]}{'aeiouy'[number % 6]}zzi",),
            date=date,
            venue=venue,
            entry_type=kind,
            pages="1-9",
            volume="1",
            number="2",
            publisher=publisher,
            address="Rome",
        )
        for number, (kind, venue, publisher) in enumerate(kinds)
    ]
    return keyed(papers)
