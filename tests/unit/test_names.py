"""Names taken apart as a bibliography needs them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperbrowse.text.names import Name, split_name

PEOPLE = {
    "Yongyu Mu": Name("Yongyu", "", "Mu"),
    "Kirill V. Golubnichiy": Name("Kirill V.", "", "Golubnichiy"),
    "Xian-Ling Mao": Name("Xian-Ling", "", "Mao"),
    "Ka Man Lo": Name("Ka Man", "", "Lo"),
    "Le Zhuo": Name("Le", "", "Zhuo"),
    "Di Zhang": Name("Di", "", "Zhang"),
    "Rob van der Goot": Name("Rob", "van der", "Goot"),
    "van der Goot, Rob": Name("Rob", "van der", "Goot"),
    "Marie-Catherine de Marneffe": Name("Marie-Catherine", "de", "Marneffe"),
    "Benjamin Van Durme": Name("Benjamin", "", "Van Durme"),
    "Ronan Le Bras": Name("Ronan", "", "Le Bras"),
    "Kathleen McKeown": Name("Kathleen", "", "McKeown"),
    "José Ortega y Gasset": Name("José", "", "Ortega y Gasset"),
    "Gabriel García Márquez": Name("Gabriel", "", "García Márquez"),
    "Martin Luther King Jr.": Name("Martin Luther", "", "King", "Jr."),
    "Barton, Jr., G. Edward": Name("G. Edward", "", "Barton", "Jr."),
    "G. Edward Barton, Jr.": Name("G. Edward", "", "Barton", "Jr."),
    "Di Eugenio, Barbara": Name("Barbara", "", "Di Eugenio"),
    "山田 太郎": Name("太郎", "", "山田"),
    "bell hooks": Name("bell", "", "hooks"),
    "van Gogh": Name("", "van", "Gogh"),
    "  Wei   Lu ": Name("Wei", "", "Lu"),
    "Xiao Ai": Name("Xiao", "", "Ai"),
    "Mingliang Zhang1": Name("Mingliang", "", "Zhang1"),
}
WHOLE = [
    "OpenAI",
    "李明",
    "Qwen Team",
    "The BigScience Workshop",
    "Google AI",
    "GPT-4 Team",
    "Barnes & Noble",
    "Machine Translation Group",
    "National Research Council of Canada",
    "DeepSeek-AI",
    "Plato",
    "",
    ",",
    "Smith and Sons",
]


@pytest.mark.parametrize(("name", "parts"), PEOPLE.items())
def test_people(name: str, parts: Name) -> None:
    assert split_name(name) == parts


@pytest.mark.parametrize("name", WHOLE)
def test_groups_and_single_words_stay_whole(name: str) -> None:
    assert split_name(name) == Name(family=name, whole=True)


@pytest.mark.parametrize(
    ("name", "inverted"),
    [
        ("Rob van der Goot", "van der Goot, Rob"),
        ("Martin Luther King Jr.", "King, Jr., Martin Luther"),
        ("OpenAI", "OpenAI"),
    ],
)
def test_inverted(name: str, inverted: str) -> None:
    assert split_name(name).inverted == inverted


@given(
    st.lists(
        st.sampled_from(
            [
                "Ann",
                "Lee",
                "van",
                "de",
                "la",
                "Jr.",
                "III",
                "李明",
                "Ünal",
                "O’Neil",
                "J.",
                "y",
                "AI",
                "Team",
                ",",
                "-",
                "7",
            ]
        ),
        max_size=6,
    )
)
def test_no_part_is_lost(words: list[str]) -> None:
    name = " ".join(words)
    parts = split_name(name)
    again = " ".join((parts.given, parts.particle, parts.family, parts.suffix))
    assert sorted(again.replace(",", " ").split()) == sorted(name.replace(",", " ").split())


@given(st.sampled_from(sorted(PEOPLE)))
def test_inverting_and_reading_again_changes_nothing(name: str) -> None:
    parts = split_name(name)
    if parts.given:
        assert split_name(parts.inverted) == parts
