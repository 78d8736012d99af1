"""Names of people all over the world, from the lists that come with Faker, where it is installed."""

import pkgutil
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

from paperbrowse.text.fold import fold


def names_of_the_world() -> tuple[Counter[str], Counter[str]]:
    """Given and family names in Latin letters, folded, with the number of countries that list them."""
    given: Counter[str] = Counter()
    family: Counter[str] = Counter()
    for lists in _countries():
        given.update(_folded(lists, ("first_name", "given_name")))
        family.update(_folded(lists, ("last_name", "family_name", "surname")))
    return given, family


def _countries() -> Iterator[dict[str, object]]:
    if find_spec("faker") is None:
        raise SystemExit("the names of the world come from Faker: pip install Faker")
    people = import_module("faker.providers.person")
    for module in pkgutil.iter_modules(people.__path__):
        if module.ispkg:
            yield vars(import_module(f"{people.__name__}.{module.name}").Provider)


def _folded(lists: dict[str, object], wanted: tuple[str, ...]) -> set[str]:
    return {
        folded
        for name, words in lists.items()
        if any(part in name for part in wanted) and isinstance(words, (tuple, list, dict))
        for word in words
        if isinstance(word, str) and " " not in word and (folded := fold(word)).isascii()
    }
