"""Labels to jump by."""

import pytest

from paperbrowse.ui.jump import LETTERS, labels


@pytest.mark.parametrize("count", [0, 1, 25, 26, 27, 40, 51, 52, 100, 650, 676])
def test_no_label_begins_another(count: int) -> None:
    found = labels(count)
    assert len(found) == len(set(found)) == count
    short = {label for label in found if len(label) == 1}
    assert all(len(label) == 1 or (len(label) == 2 and label[0] not in short) for label in found)
    assert all(set(label) <= set(LETTERS) for label in found)
    assert sorted(map(len, found)) == list(map(len, found))


def test_as_many_short_labels_as_can_be() -> None:
    assert sum(len(label) == 1 for label in labels(26)) == 26
    assert sum(len(label) == 1 for label in labels(27)) == 25
    assert sum(len(label) == 1 for label in labels(52)) == 24
