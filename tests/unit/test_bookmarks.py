"""The bookmarks of a folder: changes, undo, other programs, a person's editor, disks that refuse."""

import stat
import subprocess
import sys
import tempfile
import threading
import time
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperbrowse.bookmarks import BookmarkStore, StoreError, disk, file
from paperbrowse.model import Bookmark, Paper, ReadingStatus

PAPERS = [
    Paper(
        key=f"author{number}",
        title=f"Title {number}: ünder \\alpha",
        authors=("A. Author",),
        abstract="Text.",
    )
    for number in range(6)
]
KEYS = [paper.key for paper in PAPERS]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "settings"


def opened(folder: Path, *, background: bool = False) -> BookmarkStore:
    store = BookmarkStore(folder, background=background)
    store.load()
    return store


def on_disk(folder: Path) -> dict[str, Bookmark]:
    return dict(opened(folder).bookmarks())


def test_nothing_is_made_before_the_first_bookmark(folder: Path) -> None:
    store = opened(folder)
    assert not store.bookmarks()
    assert not store.remove(["nobody"])
    assert not store.undo()
    assert not store.take_messages()
    assert not folder.exists()


def test_a_bookmark_is_in_the_file_when_the_method_returns(folder: Path) -> None:
    change = opened(folder).add(PAPERS[:2], tags=["a", "a", " b "], note="n\n m", status="reading")
    assert (change.action, change.keys, str(change)) == ("add", ("author0", "author1"), "bookmarked 2 papers")
    tables = tomllib.loads((folder / "bookmarks.toml").read_text())["bookmark"]
    assert [table["title"] for table in tables] == [paper.title for paper in PAPERS[:2]]
    first = on_disk(folder)["author0"]
    assert first.paper == PAPERS[0]
    assert (first.tags, first.note, first.status) == (("a", "b"), "n\n m", "reading")


def test_only_the_owner_can_read_the_files(folder: Path) -> None:
    store = opened(folder)
    store.add(PAPERS)
    store.remove(KEYS)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for path in folder.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


def test_a_paper_is_found_by_what_it_is(folder: Path) -> None:
    store = opened(folder)
    kept = replace(PAPERS[0], doi="10.1/AB", arxiv="2301.00001")
    store.add([kept])
    assert store.of(replace(kept, key="other", title="Other", doi="10.1/ab"))
    assert store.of(replace(kept, doi=None, arxiv=None))  # by key and title
    assert not store.of(replace(kept, title="Quite another", doi=None, arxiv=None))
    assert not store.add([replace(kept, key="other")])


def test_a_taken_key_is_not_given_twice(folder: Path) -> None:
    store = opened(folder)
    store.add([PAPERS[0]])
    change = store.add([replace(PAPERS[1], key="author0"), replace(PAPERS[2], key="author0")])
    assert change.keys == ("author0-2", "author0-3")
    assert [bookmark.paper.key for bookmark in on_disk(folder).values()] == [
        "author0",
        "author0-2",
        "author0-3",
    ]


def test_every_change_can_be_undone_and_redone(folder: Path) -> None:
    store = opened(folder)
    changes: list[Callable[[], object]] = [
        lambda: store.add(PAPERS[:4]),
        lambda: store.tag(KEYS[:2], ["x", "y"]),
        lambda: store.untag(KEYS[:1], ["x"]),
        lambda: store.set_tags(KEYS[:3], ["z"]),
        lambda: store.note("author1", "one\ntwo"),
        lambda: store.status(KEYS[:4], "read"),
        lambda: store.remove(KEYS[1:3]),
        lambda: store.add([PAPERS[1]]),
    ]
    states = [list(store.bookmarks().items())]
    for change in changes:
        assert change()
        states.append(list(store.bookmarks().items()))
    for expected in states[-2::-1]:
        assert store.undo()
        assert list(store.bookmarks().items()) == expected == list(on_disk(folder).items())
    assert store.undo() is None
    for expected in states[1:]:
        assert store.redo()
        assert list(store.bookmarks().items()) == expected == list(on_disk(folder).items())
    assert store.redo() is None


def test_undo_reaches_into_the_session_before(folder: Path) -> None:
    first = opened(folder)
    first.add(PAPERS[:3])
    first.remove(KEYS[:3])
    second = opened(folder)
    change = second.undo()
    assert change is not None
    assert (change.how, change.action, change.count) == ("undone", "remove", 3)
    assert str(change) == "undid: removed 3 papers"
    assert list(on_disk(folder)) == KEYS[:3]
    third = opened(folder)
    assert third.redo()
    assert not on_disk(folder)


def test_a_session_does_not_undo_what_another_did_beside_it(folder: Path) -> None:
    one, two = opened(folder), opened(folder)
    one.add([PAPERS[0]])
    two.add([PAPERS[1]])
    assert one.undo()
    assert list(on_disk(folder)) == [KEYS[1]]
    assert one.undo() is None
    assert two.undo()
    assert not on_disk(folder)


def test_undoing_leaves_alone_what_was_changed_since(folder: Path) -> None:
    one, two = opened(folder), opened(folder)
    one.add(PAPERS[:1])
    one.note(KEYS[0], "mine")
    one.tag(KEYS[:1], ["mine"])
    two.note(KEYS[0], "newer")
    two.tag(KEYS[:1], ["theirs"])
    one.undo()
    assert on_disk(folder)[KEYS[0]].tags == ("theirs",)
    one.undo()  # passes over the note, which is another's now, to the adding
    assert not on_disk(folder)


def test_what_a_removed_bookmark_had_by_hand_comes_back(folder: Path) -> None:
    store = opened(folder)
    store.add(PAPERS[:3])
    path = folder / "bookmarks.toml"
    text = path.read_text().replace('key = "author1"', 'key = "author1" # dear\nmood = "good"')
    path.write_text(text)
    store.remove(["author1"])
    assert "dear" not in path.read_text()
    store.undo()
    mark = text.index("[written]")
    assert path.read_text()[:mark] == text[:mark]


STEPS = st.tuples(
    st.sampled_from(["add", "remove", "tag", "untag", "note", "status", "undo", "redo", "by hand"]),
    st.lists(st.sampled_from(range(len(PAPERS))), min_size=1, max_size=3, unique=True),
    st.sampled_from(["", "a", "b\nc"]),
    st.integers(0, 2),
)


class InMemory:
    """What a store must do, without a disk: the states before each change are kept."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[tuple[str, ...], str, str]] = {}

    def do(self, what: str, keys: list[str], text: str) -> None:
        tags = tuple(text.split())
        for key in keys:
            if what == "add":
                self.kept.setdefault(key, ((), "", ""))
            elif key in self.kept:
                old, note, status = self.kept[key]
                if what == "remove":
                    del self.kept[key]
                elif what == "tag":
                    self.kept[key] = (*old, *(tag for tag in tags if tag not in old)), note, status
                elif what == "untag":
                    self.kept[key] = tuple(tag for tag in old if tag not in tags), note, status
                elif what == "status":
                    self.kept[key] = old, note, {"": "", "a": "read"}.get(text, "to-read")
                elif what == "note" and key == keys[0]:
                    self.kept[key] = old, text, status


def do(store: BookmarkStore, what: str, keys: list[str], text: str) -> object:
    statuses: dict[str, ReadingStatus] = {"": "", "a": "read"}
    if what == "add":
        return store.add([paper for paper in PAPERS if paper.key in keys])
    if what == "remove":
        return store.remove(keys)
    if what == "tag":
        return store.tag(keys, text.split())
    if what == "untag":
        return store.untag(keys, text.split())
    if what == "note":
        return store.note(keys[0], text)
    return store.status(keys, statuses.get(text, "to-read"))


def seen(bookmarks: dict[str, Bookmark]) -> dict[str, tuple[tuple[str, ...], str, str]]:
    return {key: (one.tags, one.note, one.status) for key, one in bookmarks.items()}


@settings(max_examples=40, deadline=None)
@given(st.lists(STEPS, max_size=12), st.booleans())
def test_any_changes_by_any_writers_are_those_changes_in_memory(
    steps: list[tuple[str, list[int], str, int]], restarts: bool
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "settings"
        stores = [opened(folder) for _ in range(3)]
        model = InMemory()
        comments = 0
        for what, numbers, text, who in steps:
            keys = [KEYS[number] for number in numbers]
            if what == "by hand":
                path = folder / "bookmarks.toml"
                if path.exists():
                    comments += 1
                    path.write_text(f"# by hand {comments}\n" + path.read_text())
            elif what in {"undo", "redo"}:
                continue  # has its own test: what it takes back depends on the session
            else:
                model.do(what, sorted(keys) if what == "add" else keys, text)
                do(stores[who], what, keys, text)
            if restarts:
                stores[who] = opened(folder)
        for store in stores:
            store.poll()
            assert seen(dict(store.bookmarks())) == model.kept
        assert seen(on_disk(folder)) == model.kept
        if comments:
            assert (folder / "bookmarks.toml").read_text().count("# by hand") == comments


@settings(max_examples=30, deadline=None)
@given(st.lists(STEPS, max_size=14))
def test_undo_and_redo_walk_the_states(steps: list[tuple[str, list[int], str, int]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "settings"
        store = opened(folder)
        past: list[list[tuple[str, Bookmark]]] = []
        future: list[list[tuple[str, Bookmark]]] = []
        for what, numbers, text, restart in steps:
            now = list(store.bookmarks().items())
            if what == "undo":
                done = store.undo()
                assert bool(done) == bool(past)
                if done:
                    future.append(now)
                    assert list(store.bookmarks().items()) == past.pop()
            elif what == "redo":
                done = store.redo()
                assert bool(done) == bool(future)
                if done:
                    past.append(now)
                    assert list(store.bookmarks().items()) == future.pop()
            elif what != "by hand" and do(store, what, [KEYS[number] for number in numbers], text):
                past.append(now)
                future.clear()
            if restart == 2:
                store = opened(folder)
        assert list(on_disk(folder).items()) == list(store.bookmarks().items())


# Other programs and editors


def test_two_windows_see_each_other(folder: Path) -> None:
    one, two = opened(folder), opened(folder)
    one.add(PAPERS[:1])
    assert two.poll()
    assert list(two.bookmarks()) == KEYS[:1]
    assert not two.poll()
    two.tag(KEYS[:1], ["x"])
    one.tag(KEYS[:1], ["y"])
    assert on_disk(folder)[KEYS[0]].tags == ("x", "y")
    two.poll()
    assert two.bookmarks() == one.bookmarks()


def test_an_editor_that_saves_an_old_version_loses_nothing(folder: Path) -> None:
    store = opened(folder)
    store.add(PAPERS[:1])
    path = folder / "bookmarks.toml"
    opened_in_editor = path.read_text()
    store.add(PAPERS[1:2])
    store.tag(KEYS[:1], ["x"])
    path.write_text("# typed\n" + opened_in_editor.replace('status = ""', 'status = "read"'))
    assert store.poll()
    store.add(PAPERS[2:3])
    assert list(on_disk(folder)) == KEYS[:3]
    first = on_disk(folder)[KEYS[0]]
    assert (first.tags, first.status) == (("x",), "read")
    assert path.read_text().startswith("# typed\n")
    assert "2 later changes" in "".join(store.take_messages())


def test_what_a_person_takes_out_by_hand_stays_out(folder: Path) -> None:
    store = opened(folder)
    store.add(PAPERS[:3])
    path = folder / "bookmarks.toml"
    text = path.read_text()
    start, end = (text.index(f'[[bookmark]]\nkey = "author{number}"') for number in (1, 2))
    path.write_text(text[:start] + text[end:])
    store.tag(KEYS[:3], ["x"])
    assert list(on_disk(folder)) == [KEYS[0], KEYS[2]]
    assert not store.take_messages()


@pytest.mark.parametrize("saves", [1, 2])
def test_a_save_while_the_file_is_replaced_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch, saves: int
) -> None:
    store = opened(folder)
    store.add(PAPERS[:1])
    path = folder / "bookmarks.toml"
    comments = iter([f"# save {number}\n" for number in range(saves)])

    def save_and_exchange(new: Path, real: Path) -> None:
        if comment := next(comments, ""):
            aside = path.with_name("editor")
            aside.write_text(comment + path.read_text())
            aside.replace(path)
        disk.exchange(new, real)

    monkeypatch.setattr(file, "exchange", save_and_exchange)
    store.add(PAPERS[1:2])
    assert path.read_text().startswith(f"# save {saves - 1}\n")
    assert list(on_disk(folder)) == KEYS[:2]
    if saves == 2:  # made on the version that was there for an instant: the one before is among the backups
        kept = [backup.read_text() for backup in (folder / "backups").iterdir()]
        assert any(text.startswith("# save 0\n") for text in kept)


def test_without_an_exchange_in_the_system_it_works_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "_exchange", lambda _new, _path: False)
    store = opened(folder)
    for paper in PAPERS:
        store.add([paper])
    assert list(on_disk(folder)) == KEYS
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


def test_a_link_to_the_file_stays_a_link(folder: Path, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles" / "marks.toml"
    real.parent.mkdir()
    folder.mkdir()
    (folder / "bookmarks.toml").symlink_to(real)
    store = opened(folder)
    store.add(PAPERS[:1])
    store.add(PAPERS[1:2])
    assert (folder / "bookmarks.toml").is_symlink()
    assert len(tomllib.loads(real.read_text())["bookmark"]) == 2
    assert [path.name for path in real.parent.iterdir()] == ["marks.toml"]


def test_threads_lose_nothing(folder: Path) -> None:
    papers = [Paper(key=f"k{number}", title=f"T {number}") for number in range(40)]

    def work(part: int) -> None:
        store = opened(folder)
        for paper in papers[part::4]:
            store.add([paper])
            store.tag([paper.key], [str(part)])

    threads = [threading.Thread(target=work, args=(part,)) for part in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = on_disk(folder)
    assert set(found) == {paper.key for paper in papers}
    assert all(len(bookmark.tags) == 1 for bookmark in found.values())


# In the background


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_the_background_saves_and_says_so(folder: Path) -> None:
    saved = threading.Event()
    store = BookmarkStore(folder, background=True, on_saved=saved.set)
    store.load()
    store.add(PAPERS[:2])
    store.tag(KEYS[:1], ["x"])
    assert list(store.bookmarks()) == KEYS[:2]
    assert saved.wait(20)
    assert store.close()
    assert store.unsaved == 0
    assert on_disk(folder) == dict(store.bookmarks())


def test_a_window_sees_what_another_program_does(folder: Path) -> None:
    store = opened(folder, background=True)
    opened(folder).add(PAPERS[:1])
    wait_for(lambda: store.poll() or bool(store.bookmarks()))
    assert list(store.bookmarks()) == KEYS[:1]
    store.close()


def test_what_cannot_be_saved_stays_unsaved_and_is_tried_again(tmp_path: Path) -> None:
    folder = tmp_path / "settings"
    folder.write_text("a file is in the way")
    failures: list[str] = []
    store = BookmarkStore(folder, background=True, on_failed=failures.append)
    store.load()
    store.add(PAPERS[:1])
    assert not store.flush(20)
    assert store.unsaved == 1
    assert list(store.bookmarks()) == KEYS[:1]
    assert str(folder) in failures[0]
    folder.unlink()
    assert store.flush(20)
    assert store.close()
    assert list(on_disk(folder)) == KEYS[:1]


def test_undo_before_anything_is_saved(tmp_path: Path) -> None:
    (tmp_path / "settings").write_text("in the way")
    store = opened(tmp_path / "settings", background=True)
    store.add(PAPERS[:2])
    store.remove(KEYS[:1])
    assert store.undo()
    assert list(store.bookmarks()) == KEYS[:2]
    assert store.redo()
    (tmp_path / "settings").unlink()
    assert store.flush(20)
    assert list(on_disk(tmp_path / "settings")) == KEYS[1:2]
    store.close()


def test_a_removed_folder_is_made_again_with_everything(folder: Path) -> None:
    store = opened(folder, background=True)
    store.add(PAPERS[:2])
    assert store.flush(20)
    removed = folder.with_name("removed")
    folder.rename(removed)  # at one stroke: the store works in it at its own time
    store.poll()
    wait_for(lambda: (folder / "bookmarks.toml").exists())
    store.add(PAPERS[2:3])
    assert store.close()
    assert list(on_disk(folder)) == KEYS[:3]


# Refusals


def test_a_refusal_names_the_file_and_the_reason(tmp_path: Path) -> None:
    (tmp_path / "settings").write_text("in the way")
    store = opened(tmp_path / "settings")
    with pytest.raises(StoreError, match=r"settings.*: cannot be written: "):
        store.add(PAPERS[:1])
    assert not store.bookmarks()


def test_a_file_of_a_later_version_is_only_read(folder: Path) -> None:
    folder.mkdir()
    path = folder / "bookmarks.toml"
    text = 'schema = 2\n[[bookmark]]\nkey = "k"\ntitle = "T"\n'
    path.write_text(text)
    store = opened(folder)
    assert list(store.bookmarks()) == ["k"]
    assert store.read_only_reason
    assert "schema 2" in store.read_only_reason
    with pytest.raises(StoreError, match="schema 2"):
        store.add(PAPERS[:1])
    assert path.read_text() == text


@pytest.mark.parametrize("what", ["folder", "too large"])
def test_a_file_that_cannot_be_read_is_left_alone(folder: Path, what: str) -> None:
    path = folder / "bookmarks.toml"
    folder.mkdir()
    if what == "folder":
        path.mkdir()
    else:
        with path.open("wb") as handle:
            handle.truncate(file.MOST_BYTES + 1)
    for background in (False, True):
        store = opened(folder, background=background)
        assert not store.bookmarks()
        assert str(path) in store.take_messages()[0]
        if background:
            store.add(PAPERS[:1])
            assert not store.close()
        else:
            with pytest.raises(StoreError, match="cannot be read"):
                store.add(PAPERS[:1])
    assert path.is_dir() if what == "folder" else path.stat().st_size > file.MOST_BYTES


def test_a_file_from_another_computer_is_taken_as_it_is(folder: Path, tmp_path: Path) -> None:
    here, there = opened(folder), opened(tmp_path / "there")
    here.add(PAPERS[:2])
    here.remove(KEYS[:1])
    there.add(PAPERS[2:4])
    (folder / "bookmarks.toml").write_bytes((tmp_path / "there" / "bookmarks.toml").read_bytes())
    assert here.poll()
    assert list(here.bookmarks()) == KEYS[2:4]
    here.add(PAPERS[4:5])
    assert list(on_disk(folder)) == KEYS[2:5]
    assert not here.take_messages()


def test_a_status_that_is_none_is_refused(folder: Path) -> None:
    store = opened(folder)
    store.add(PAPERS[:1])
    with pytest.raises(StoreError, match="to-read, reading, read"):
        store.status(KEYS[:1], "done")  # type: ignore[arg-type]


def test_a_lock_left_behind_stops_no_one(folder: Path) -> None:
    folder.mkdir()
    (folder / "bookmarks.toml.lock").write_text("123")
    (folder / "bookmarks.journal.lock").write_text("123")
    opened(folder).add(PAPERS[:1])
    assert list(on_disk(folder)) == KEYS[:1]


def test_a_lock_that_is_held_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = opened(folder)
    store.add(PAPERS[:1])
    lock = folder / "bookmarks.toml.lock"
    locked = disk.locked
    monkeypatch.setattr("paperbrowse.bookmarks.ledger.locked", lambda path: locked(path, 0.05))
    with locked(lock), pytest.raises(StoreError, match=r"lock.*is kept in .*bookmarks\.journal"):
        store.tag(KEYS[:1], ["x"])
    assert store.unsaved == 1
    assert on_disk(folder)[KEYS[0]].tags == ("x",)  # from the journal
    store.tag(KEYS[:1], ["y"])
    assert tomllib.loads((folder / "bookmarks.toml").read_text())["bookmark"][0]["tags"] == ["x", "y"]


def test_a_clock_that_jumps_changes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = opened(folder)
    gmtime = time.gmtime
    for place, jump in enumerate([0, 4_000_000_000, -1_700_000_000, 86_400]):
        monkeypatch.setattr(time, "gmtime", lambda jump=jump: gmtime(1_763_000_000 + jump))
        store.add([PAPERS[place]])
        store.tag([KEYS[place]], ["x"])
    assert list(on_disk(folder)) == KEYS[:4]
    assert store.undo()
    assert on_disk(folder)[KEYS[3]].tags == ()


def test_backups_are_few(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = opened(folder)
    gmtime = time.gmtime
    for day in range(12):
        monkeypatch.setattr(time, "gmtime", lambda day=day: gmtime(1_763_000_000 + day * 86_400))
        for number in range(3):
            store.add([Paper(key=f"d{day}-{number}", title=f"T {day} {number}")])
    assert len(list((folder / "backups").iterdir())) == 5 + 7
    newest = tomllib.loads((folder / "backups" / "bookmarks.1.toml").read_text())
    assert len(newest["bookmark"]) == 35


def test_the_journal_is_kept_short(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paperbrowse.bookmarks.journal._TOO_LONG", 20_000)
    monkeypatch.setattr("paperbrowse.bookmarks.journal._LONG_ENOUGH", 10_000)
    store = opened(folder)
    store.add(PAPERS)
    for number in range(150):
        store.note(KEYS[0], str(number))
    assert (folder / "bookmarks.journal").stat().st_size < 25_000
    assert store.undo()
    assert on_disk(folder)[KEYS[0]].note == "148"
    again = opened(folder)
    assert again.undo()
    assert on_disk(folder)[KEYS[0]].note == "147"


def test_text_from_the_file_is_made_safe(folder: Path) -> None:
    folder.mkdir()
    hostile = "A\\u001b]0;PWNED\\u0007B\\u202e"
    fields = f'title = "{hostile}"\nnote = "{hostile}\\n{hostile}"\ntags = ["{hostile}"]\n'
    (folder / "bookmarks.toml").write_text(f'[[bookmark]]\nkey = "k"\n{fields}')
    bookmark = opened(folder).bookmarks()["k"]
    assert (bookmark.paper.title, bookmark.note, bookmark.tags) == ("AB", "AB\nAB", ("AB",))


def test_importing_the_store_is_cheap() -> None:
    code = "import sys, paperbrowse.bookmarks; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "paperbrowse.bookmarks.store" in loaded
    assert not {"textual", "rich", "tomli_w", "hypothesis", "ctypes", "tomllib", "asyncio"} & set(loaded)
