"""Files that were cut, garbled, emptied or left over: nothing that was saved is lost, and it is said."""

import random
import tempfile
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperbrowse.bookmarks import BookmarkStore, file
from paperbrowse.model import Bookmark, Paper
from paperbrowse.text.clean import clean

PAPERS = [Paper(key=f"k{number}", title=f"Title {number}", abstract="Some text.") for number in range(5)]
SPLICES = [
    *(b"[[bookmark]]\n", b"\n[written]\n", b"\nkey = 3\n", b"\x1b]0;x\x07"),
    *(b'"""', b"'''", b"[", b"]", b"#", b'"', b"\n"),
]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not whole is not waited for."""
    monkeypatch.setattr(file, "_SETTLED", 0.0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five bookmarks, written in several steps."""
    folder = tmp_path / "settings"
    store = opened(folder)
    store.add(PAPERS[:3])
    store.tag(["k0", "k1"], ["x"])
    store.note("k2", "one\n[[bookmark]]\ntwo")
    store.add(PAPERS[3:])
    store.status(["k4"], "read")
    return folder


def opened(folder: Path) -> BookmarkStore:
    store = BookmarkStore(folder)
    store.load()
    return store


def saved(folder: Path) -> dict[str, Bookmark]:
    return dict(opened(folder).bookmarks())


def whole(path: Path) -> None:
    assert tomllib.loads(path.read_text())["written"]["end"] is True


def test_a_file_cut_anywhere_is_mended(folder: Path) -> None:
    path = folder / "bookmarks.toml"
    expected, data = saved(folder), path.read_bytes()
    for end in range(0, len(data) - 1, 5):
        path.write_bytes(data[:end])
        store = opened(folder)
        assert dict(store.bookmarks()) == expected, end
        assert store.take_messages(), end
        assert path.read_bytes() == data
        aside = next(folder.glob("bookmarks.toml.damaged-*"))
        assert aside.read_bytes() == data[:end]
        aside.unlink()


def test_the_message_names_the_line(folder: Path) -> None:
    path = folder / "bookmarks.toml"
    lines = path.read_text().splitlines(keepends=True)
    place = lines.index('title = "Title 1"\n')
    lines[place] = 'title = "Title 1\n'
    path.write_text("".join(lines).replace('tags = ["x"]', 'tags = ["x", "by hand"]', 1))
    store = opened(folder)
    (message,) = store.take_messages()
    assert f"at line {place + 1}" in message
    assert str(path) in message
    assert "bookmarks.toml.damaged-" in message
    assert store.bookmarks()["k1"].paper.title == "Title 1"
    assert store.bookmarks()["k0"].tags == ("x", "by hand")  # what could be read is as it was typed
    whole(path)


@pytest.mark.parametrize("seed", range(60))
def test_flipped_bytes_cost_at_most_what_they_hit(folder: Path, seed: int) -> None:
    path = folder / "bookmarks.toml"
    expected, data = saved(folder), bytearray(path.read_bytes())
    chance = random.Random(seed)
    for _ in range(chance.choice([1, 1, 1, 3, 20])):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path.write_bytes(data)
    store = opened(folder)
    found = store.bookmarks()
    before = tomllib.loads(path.read_text())
    try:
        garbled = tomllib.loads(data.decode())
    except ValueError:
        garbled = None
    if garbled is None:  # it shows, so that what is not whole is as it was
        texts = data.decode("utf-8", "replace")
        untouched = [key for key, one in expected.items() if one.paper.title in texts]
        assert set(found) >= {key for key in untouched if f'key = "{key}"\n' in texts}
        assert len(found) >= len(expected)
    assert before["written"]["end"] is True
    store.add([Paper(key="later", title="Later")])
    assert "later" in saved(folder)
    whole(path)


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"\0" * 4096, b"[", b"\xff\xfe\x00", b"[" * 100_000, b"a.a = 1\n"]
)
def test_a_file_that_is_nothing_is_replaced(folder: Path, content: bytes) -> None:
    expected = saved(folder)
    (folder / "bookmarks.toml").write_bytes(content)
    assert saved(folder) == expected
    whole(folder / "bookmarks.toml")


@pytest.mark.parametrize(
    "header", ['[[bookmark""]]', "[[bookmark]", "[bookmark]]", "[[book mark]]", '[["bookmark"x]]', "[[]]"]
)
def test_a_garbled_header_is_damage(tmp_path: Path, header: str) -> None:
    folder = tmp_path / "settings"
    opened(folder).add(PAPERS[:3])  # nothing in it that needs a TOML parser
    expected = saved(folder)
    path = folder / "bookmarks.toml"
    path.write_text(path.read_text().replace("[[bookmark]]", header, 1))
    store = opened(folder)
    assert set(store.bookmarks()) == set(expected)
    assert store.take_messages()
    store.add([Paper(key="later", title="Later")])
    assert set(saved(folder)) == {*expected, "later"}
    whole(path)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_any_damage_is_survived(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(file, "_SETTLED", 0.0)
        folder = Path(name) / "settings"
        opened(folder).add(PAPERS[:3])
        opened(folder).tag(["k0", "k1"], ["x"])
        path = folder / "bookmarks.toml"
        expected = saved(folder)
        raw = path.read_bytes()
        for _ in range(data.draw(st.integers(1, 3))):
            start = data.draw(st.integers(0, len(raw)))
            end = data.draw(st.integers(start, min(len(raw), start + 60)))
            raw = raw[:start] + data.draw(st.binary(max_size=4) | st.sampled_from(SPLICES)) + raw[end:]
        path.write_bytes(raw)
        found = opened(folder).bookmarks()
        try:
            by_hand = tomllib.loads(raw.decode()).get("written", {}).get("end") is True
        except (ValueError, AttributeError):
            by_hand = False
        if not by_hand:  # it shows that it is damaged
            assert set(expected) <= set(found)
        for bookmark in found.values():
            assert clean(bookmark.paper.title) == bookmark.paper.title
        opened(folder).add([PAPERS[4]])
        assert set(saved(folder)) == {*found, "k4"}
        whole(path)


def test_a_file_that_is_gone_is_written_again(folder: Path) -> None:
    expected = saved(folder)
    (folder / "bookmarks.toml").unlink()
    store = opened(folder)
    assert dict(store.bookmarks()) == expected
    assert "it is gone" in store.take_messages()[0]
    whole(folder / "bookmarks.toml")


def test_without_backups_the_journal_has_it(folder: Path) -> None:
    expected = saved(folder)
    for backup in (folder / "backups").iterdir():
        backup.unlink()
    for content in (None, b"", b"[["):
        path = folder / "bookmarks.toml"
        path.unlink() if content is None else path.write_bytes(content)
        assert saved(folder) == expected


def test_without_the_journal_the_file_is_enough(folder: Path) -> None:
    expected = saved(folder)
    (folder / "bookmarks.journal").unlink()
    assert saved(folder) == expected
    store = opened(folder)
    store.add([Paper(key="later", title="Later")])
    assert list(saved(folder)) == [*expected, "later"]


@pytest.mark.parametrize("seed", range(20))
def test_a_garbled_journal_garbles_nothing_else(folder: Path, seed: int) -> None:
    expected = saved(folder)
    path = folder / "bookmarks.journal"
    data = bytearray(path.read_bytes())
    chance = random.Random(seed)
    if seed % 2:
        del data[chance.randrange(len(data)) :]
    else:
        for _ in range(10):
            data[chance.randrange(len(data))] = chance.randrange(256)
    path.write_bytes(data)
    assert saved(folder) == expected
    store = opened(folder)
    store.tag(["k3"], ["after"])
    assert saved(folder)["k3"].tags == ("after",)
    assert set(saved(folder)) == set(expected)


def test_a_running_browser_waits_for_the_person_to_finish(folder: Path) -> None:
    store = opened(folder)
    store.take_messages()
    path = folder / "bookmarks.toml"
    typed = path.read_text().replace('title = "Title 1"', 'title = "Title')
    path.write_text(typed)
    store.poll()
    assert path.read_text() == typed
    assert "until that is put right" in store.take_messages()[0]
    assert store.bookmarks()["k1"].paper.title == "Title 1"
    path.write_text(typed.replace('title = "Title\n', 'title = "Title one"\n'))
    assert store.poll()
    assert store.bookmarks()["k1"].paper.title == "Title one"


def test_what_a_killed_process_left_is_swept(folder: Path) -> None:
    path = folder / "bookmarks.toml"
    expected, data = saved(folder), path.read_bytes()
    digest = file._digest
    new = data.replace(b"Title 1", b"Title one")
    half_written = folder / f".bookmarks.toml.{digest(data)}-{digest(new)}.tmp"
    half_written.write_bytes(new[:-30])
    assert saved(folder) == expected
    not_exchanged = folder / f".bookmarks.toml.{digest(data)}-{digest(new)}.tmp"
    not_exchanged.write_bytes(new)
    assert saved(folder) == expected
    exchanged = folder / f".bookmarks.toml.{digest(new)}-{digest(data)}.tmp"
    exchanged.write_bytes(new)
    assert saved(folder) == expected
    assert (folder / "backups" / "bookmarks.1.toml").read_bytes() == new
    assert not list(folder.glob(".*"))


def test_an_editors_save_that_a_killed_process_had_in_hand_is_put_back(folder: Path) -> None:
    path = folder / "bookmarks.toml"
    data = path.read_bytes()
    typed = b"# typed\n" + data
    in_hand = folder / f".bookmarks.toml.{file._digest(b'before')}-{file._digest(data)}.tmp"
    in_hand.write_bytes(typed)
    opened(folder)
    assert path.read_bytes() == typed
    assert not list(folder.glob(".*"))
