"""The files in which depmod remembers: bounded, whole, and beside files of others."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from modtools.formats.linkagevalues import Linkage
from modtools.tree import cache as cache_module
from modtools.tree.cache import FORMAT, Cache, digest
from modtools.tree.last_run import KeptFile


def test_memory_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files that were not used for the longest time go when all are larger than the limit together."""
    monkeypatch.setattr(cache_module, "LIMIT", 10_000)
    cache = Cache(tmp_path / "cache")
    names = [f"{number:032x}.run" for number in range(6)]
    for number, name in enumerate(names[:5]):
        cache.store(name, "x" * 3000)
        os.utime(tmp_path / "cache" / name, (number, number))
    cache.store(names[5], "x" * 3000)
    assert sorted(path.name for path in (tmp_path / "cache").iterdir()) == names[3:]
    assert cache.load(names[5]) == "x" * 3000
    assert cache.load(names[0]) is None


def test_files_of_others_in_the_folder_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However full the folder is: what is no such file by its name and its first line, and what a link names, stay."""
    monkeypatch.setattr(cache_module, "LIMIT", 1)
    folder = tmp_path / "cache"
    folder.mkdir()
    name = f"{1:032x}.run"
    foreign = {
        "notes": b"pymod 3 3.11\nmine",
        f"{2:032x}.run": b"mine",
        "victim": b"pymod 3 3.11\nmine",
        "x.run.1": b"",
    }
    for foreign_name, content in foreign.items():
        (folder / foreign_name).write_bytes(content)
    (folder / f"{3:032x}.run").symlink_to("victim")
    left_over = folder / f"{4:032x}.run.{os.getpid()}.1.tmp"
    left_over.write_bytes(b"pymod")
    Cache(folder).store(name, "x")
    assert not left_over.exists()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == foreign | {f"{3:032x}.run": foreign["victim"]}


def test_links_of_others_are_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link under the name of the file, or of the temporary one, or in the folder's place: its target is left."""
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    folder = tmp_path / "cache"
    folder.mkdir()
    name = f"{1:032x}.run"
    (folder / name).symlink_to(victim)
    Cache(folder).store(name, "x")
    assert Cache(folder).load(name) == "x"
    assert not (folder / name).is_symlink()
    monkeypatch.setattr("modtools.hostfile.temporary_name", lambda path: f"{path}.guessed")
    (folder / f"{name}.guessed").symlink_to(victim)
    Cache(folder).store(name, "y")
    assert Cache(folder).load(name) == "x"
    (tmp_path / "linked").symlink_to("cache")
    Cache(tmp_path / "linked").store(f"{2:032x}.run", "z")
    assert sorted(path.name for path in folder.iterdir()) == [name, f"{name}.guessed"]
    assert victim.read_bytes() == b"mine"


def test_a_device_or_pipe_in_the_folder_is_none(tmp_path: Path) -> None:
    """What would be read without end counts as no file, and is not opened."""
    name = f"{1:032x}.run"
    os.mkfifo(tmp_path / name)
    assert Cache(tmp_path).load(name) is None
    (tmp_path / f"{2:032x}.run").symlink_to("/dev/zero")
    assert Cache(tmp_path).load(f"{2:032x}.run") is None


def test_digests_are_of_values() -> None:
    """Equal values have equal digests, wherever Python keeps them; others have others."""
    text = "".join(["a", "b"])
    assert digest([text, text, (1, None)]) == digest(["ab", "a" + "b", (1, None)])
    assert digest(["ab", "c"]) != digest(["a", "bc"])


def test_the_format_has_a_number() -> None:
    """Whoever changes what is kept gives the format its next number, and then this test the new digest."""
    kept = [list(KeptFile._fields), list(Linkage._fields)]
    assert (FORMAT, digest(kept).hex()) == (5, "0c332479c242f7e81ac840c286cd4313")


_WRITERS = """
import sys
from pathlib import Path
from modtools.tree.cache import Cache
cache = Cache(Path(sys.argv[1]))
for number in range(200):
    cache.store("shared", [sys.argv[2]] * 2000)
    assert len(set(cache.load("shared"))) == 1
"""


def test_writers_at_once(tmp_path: Path) -> None:
    """Of runs that write the same memory at the same time each reads one whole, or none."""
    writers = [
        subprocess.Popen([sys.executable, "-c", _WRITERS, str(tmp_path), name]) for name in ("one", "two", "three")
    ]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    assert [path.name for path in tmp_path.iterdir()] == ["shared"]
