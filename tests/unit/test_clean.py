"""Untrusted text: nothing that acts or hides comes through, everything that people write does."""

import re
import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from paperbrowse.text.clean import clean, clean_lines

JOINERS = "\u200c\u200d"
SELECTORS = {
    *map(chr, range(0xFE00, 0xFE10)),
    *map(chr, range(0xE0100, 0xE01F0)),
    *"\u180b\u180c\u180d\u180e\u180f",
}
TAGS = {*map(chr, range(0xE0020, 0xE0080))}
BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Unicode's Default_Ignorable_Code_Point, DerivedCoreProperties.txt, but for the joiners, selectors and tags.
IGNORABLE = BIDI | set("\u00ad\u034f\u115f\u1160\u17b4\u17b5\u200b\u3164\ufeff\uffa0").union(
    map(chr, range(0x2060, 0x2070)), map(chr, range(0xFFF0, 0xFFF9)), map(chr, range(0x1BCA0, 0x1BCA4)),
    map(chr, range(0x1D173, 0x1D17B)),
)  # fmt: skip
WRITTEN = [
    "A plain title: 100% of it, with $x_{1}$ and \\LaTeX{} in it",
    "Łukasz Müller, José Ñandú, Nguyễn Thị Ánh, Ağrı, Ærø, Þór, ﬁn",
    "深層学習による自然言語処理：調査",
    "葛\U000e0100城市の辻\U000e0100さん",
    "深度学习 Über-模型 (第2版)、「引用」",
    "딥러닝 기반 한국어 처리",
    "تعلم الآلة: مقدمة (١٢٣)؛ أسئلة؟",
    "می\u200cخواهم کتاب\u200cها را بخوانم",
    "سنة ١٤٤٥ ه\u200d. هجرية",
    "שָׁלוֹם עֲלֵיכֶם, בְּרֵאשִׁ֖ית בָּרָ֣א",
    "क्ष and क्\u200dष and क्\u200cष हिन्दी में",
    "শ্রী র\u200d্যাব বাংলা",
    "ශ්\u200dරී ලංකාව",
    "മലയാളം ന്\u200d ആണ്",
    "தமிழ் மொழி, తెలుగు భాష, ಕನ್ನಡ ಭಾಷೆ, ગુજરાતી, ਪੰਜਾਬੀ, ଓଡ଼ିଆ",
    "ภาษาไทยที่ไม่มีช่องว่าง ลาวພາສາລາວ",
    "བོད་སྐད་ཧཱུྃ བསྒྲུབས",
    "မြန်မာဘာသာ ភាសាខ្មែរ",
    "ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ᠌ ᠬᠠᠭᠠᠨ\u180eᠠ",
    "Ελληνικά, πολυτονικό ᾧ, Русский ё й, Հայերեն, ქართული, አማርኛ",
    "🎉 👩‍💻 👨‍👩‍👧‍👦 ❤️ 🏳️‍🌈 🏴‍☠️ 👍🏽 🧑🏿‍🚀 ✌🏻 ☎︎",
    "🇩🇪 🇯🇵 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🏴󠁧󠁢󠁳󠁣󠁴󠁿 1️⃣ #️⃣ ©️ ™️",
    "[/] x [b] [red] $t {x} markup stays text",
    "∑ ∫ ≤ → ⟨a⟩ R² 10⁻⁵ ℝ 𝔼 𝒪(n) x̂ ȳ θ̃",
    "ɹ̩̊ t͡ʃ ⁿd̪ IPA",
    "replacement \ufffd shows what could not be decoded",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_ordinary_text_comes_through_as_it_is(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("AB\x1b]0;PWNED\x07CD\x1b[31mRED\x1b[0m", "ABCDRED"),
        ("clip \x1b]52;c;cm0gLXJm\x1b\\board", "clip board"),
        ("link \x1b]8;;http://x\x1b\\here\x1b]8;;\x1b\\", "link here"),
        ("dcs \x1bPq#0~\x1b\\end", "dcs end"),
        ("8-bit \x9b31mred \x9d0;t\x9cend", "8-bit red end"),
        ("params \x1b[<5;10;20;?25hshown", "params shown"),
        ("unfinished \x1b]2;title", "unfinished"),
        ("\x9eivot is a letter in the wrong coding", "ivot is a letter in the wrong coding"),
        ("two\x1b\x1b[31m and \x1b", "two and"),
        ("a\x00b\x07c\x08d\x7fe", "abcde"),
        ("tab\there\r\nand\nlines\u2028more\x0b\x0c.", "tab here and lines more ."),
        ("no\u00a0break\u3000wide\u2003em\u2800braille", "no break wide em braille"),
        ("evil\u202egnp.exe\u202c and \u2067iso\u2069", "evilgnp.exe and iso"),
        ("pa\u200byp\u200dal\u2060\ufeff\u00ad", "paypal"),
        ("a \u200b b", "a b"),
        ("A\ufe0f1\ufe0e", "A1"),
        ("tag\U000e0041\U000e0042ged 🏴\U000e0061\U000e007f", "tagged 🏴"),
        ("\u3164\u115fhidden\uffa0", "hidden"),
        ("private \ue000\U000f0000\ufdd0\ufffe\U0001ffff.", "private ."),
        ("lone \ud800 surrogate\udfff", "lone surrogate"),
        ("e\u0301", "é"),
        ("z\u0335\u0336\u0337\u0338\u0339\u033a\u033b\u033c.", "z\u0335\u0336\u0337\u0338."),
        ("\u0301\u0301start", "start"),
        ("\u200d\u0301start", "start"),
        ("मे\u200d\u200dरा", "मे\u200dरा"),
        ("no emoji\u200d🎉", "no emoji🎉"),
        ("trailing 👩\u200d", "trailing 👩"),
        ("", ""),
        (" \t ", ""),
    ],
)
def test_what_acts_or_hides_goes(text: str, safe: str) -> None:
    assert clean(text) == safe


def test_notes_keep_their_lines() -> None:
    note = "\n- one\r\n\t- two  \x1b[31mred\x1b[m\n\n    code\u2028last\n\n"
    assert clean_lines(note) == "- one\n    - two red\n\n    code\nlast"


INTERESTING = st.sampled_from(
    [
        *"aé 漢辻हक्ािमیهᠠ👩💻🏳🏴1#\t\n\x1b[]m;\\\x07\x9b\x9d\x9c",
        *"\u0301\u0338\u0489\u05b0\u0f90\u1161\u11a8\u094d\u0663",
        *JOINERS, "\ufe0f", "\ufe0e", "\u20e3", "\U000e0100", "\U0001f3fd", "\u180b", "\u180e",
        *"\U000e0067\U000e0062\U000e007f", "\u200b", "\u202e", "\ud800", "\udc00", "\ufb2c", "\u0958",
        "\u2000", "\u00a0", "\u1100",
    ]
)  # fmt: skip
ANY = st.text(INTERESTING | st.characters(codec=None, exclude_categories=()), max_size=40)


@given(ANY)
@example("م\u0301\u0301\u0301\u0301\u200d\u0301\u200d")
@example("\u0301\u200d\u0301\u200da")
@example("e\u200c\u0301")
def test_nothing_unsafe_is_left(text: str) -> None:
    safe = clean(text)
    assert not [char for char in safe if unicodedata.category(char) in {"Cc", "Cs", "Co", "Zl", "Zp"}]
    assert not IGNORABLE.intersection(safe)
    assert not [char for char in safe if ord(char) & 0xFFFE == 0xFFFE or "\ufdd0" <= char <= "\ufdef"]
    assert safe == " ".join(safe.split())
    assert unicodedata.is_normalized("NFC", safe)
    safe.encode("utf-8")
    for place, char in enumerate(safe):
        if char in JOINERS or char in SELECTORS or char in TAGS:
            assert place, "an invisible character has nothing before it"
            before = safe[place - 1]
            assert before not in JOINERS
            assert before in TAGS or before == "\U0001f3f4" or char not in TAGS
            assert unicodedata.category(before)[0] in {"L", "M", "S", "N", "P", "C"}
            assert not before.isascii() or safe[place + 1 : place + 2] == "\u20e3"


@given(ANY)
@example("م\u0301\u0301\u0301\u0301\u0301\u200d\u0301\u200dم")
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(ANY)
def test_lines_are_each_clean_and_stay_so(text: str) -> None:
    safe = clean_lines(text)
    assert clean_lines(safe) == safe
    for line in safe.split("\n"):
        assert clean(line) == line.strip(" ")


@given(st.text(st.sampled_from("a\u0301\u0323\u0338\u20dd\u0489\u200d م\u064e"), max_size=60))
def test_marks_do_not_pile_up(text: str) -> None:
    assert not re.search("[\u0301\u0323\u0338\u20dd\u0489]{5}", clean(text).replace("\u200d", ""))


@given(st.text(st.characters(categories=["Lu", "Ll", "Lo", "Nd", "Pd", "Po", "Sm", "So", "Sc"]), max_size=30))
def test_letters_digits_and_signs_are_never_lost(text: str) -> None:
    hidden = {
        "\u115f",
        "\u1160",
        "\u3164",
        "\uffa0",
        "\u2800",
        "\ufffc",
    }  # letters and signs that show nothing
    wanted = "".join(char for char in text if char not in hidden)
    jamo = any("\u1160" <= char <= "\u11ff" or "\ud7b0" <= char <= "\ud7ff" for char in wanted)
    if not jamo:  # Korean vowels without a consonant pile up
        assert clean(text) == unicodedata.normalize("NFC", wanted)


def test_every_mark_is_counted() -> None:
    characters = map(chr, range(sys.maxunicode + 1))
    marks = [char for char in characters if unicodedata.category(char) in {"Mn", "Me"}]
    piled = [mark for mark in marks if clean("\u0915" + mark * 30).count(mark) > 8]
    assert not piled


@pytest.mark.parametrize(
    "line",
    [
        "\x1b]" * 200_000,
        "\x9d" * 400_000,
        "\x9da" * 200_000,
        "\x1b[" + "1;" * 200_000,
        "a" + "\u0301\u0323" * 200_000,
        "म" + "\u200d\u0301" * 200_000,
        "👩\u200d" * 200_000,
        "\u200d\u0301" * 200_000,
        "漢\U000e0100" * 200_000,
        " \u200b" * 200_000,
    ],
)  # fmt: skip
def test_adversarial_lines_end(line: str) -> None:
    # A quadratic step would take minutes here; the benchmark has the figures.
    assert len(clean(line)) <= len(line)
