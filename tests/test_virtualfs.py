"""The file system that the replayer gives to programs: what open, read, write, ls and chmod bits do on it."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from modtools.shell import fuse
from tests.virtualfs import mounts
from tests.virtualfs.apart import run_apart
from tests.virtualfs.server import serving

pytestmark = pytest.mark.machine


@dataclass
class Shown:
    """A node made by hand."""

    mode: int
    text: bytes = b""
    entries: Sequence[str] = ()
    target: str = ""
    size: int = 4096

    def names(self) -> Sequence[str]:
        """The entries given."""
        return self.entries


@dataclass
class ByHand:
    """A tree made by hand. What is written to a file replaces its text; "bad" is refused."""

    nodes: dict[str, Shown] = field(default_factory=dict)

    def lookup(self, path: str, uid: int) -> Shown:
        """The node, "who" with the user's id as its text."""
        if path == "/who":
            return Shown(stat.S_IFREG | 0o444, b"%d\n" % uid)
        if path not in self.nodes:
            raise OSError(errno.ENOENT, "")
        return self.nodes[path]

    def open(self, path: str, uid: int, flags: int) -> None:
        """None: all texts are made as a whole."""

    def read(self, path: str, uid: int) -> bytes:
        """The text of the node, or EIO where it is "!"."""
        text = self.lookup(path, uid).text
        if text == b"!":
            raise OSError(errno.EIO, "")
        return text

    def write(self, path: str, uid: int, data: bytes) -> None:  # noqa: ARG002
        """Take the text."""
        if data == b"bad":
            raise OSError(errno.ERANGE, "")
        self.nodes[path].text = data


def example() -> ByHand:
    """A folder with one file of each kind."""
    folder, file = stat.S_IFDIR | 0o755, stat.S_IFREG
    names = ["plain", "secret", "writeonly", "fixed", "broken", "link", "long", "who"]
    return ByHand(
        {
            "/": Shown(folder, entries=names),
            "/plain": Shown(file | 0o644, b"text\n"),
            "/secret": Shown(file | 0o400, b"secret\n"),
            "/writeonly": Shown(file | 0o200, b"unseen"),
            "/fixed": Shown(file | 0o444, b"fixed\n"),
            "/broken": Shown(file | 0o444, b"!"),
            "/link": Shown(stat.S_IFLNK | 0o777, target="plain"),
            "/long": Shown(file | 0o444, b"x" * 300_000),
        }
    )


def on_mount(tmp_path: Path, question: Callable[[], object]) -> object:
    """Ask a question with the example as the current folder; the answer may be the errno of an OSError."""

    def ask() -> object:
        serving(example(), tmp_path)
        os.chdir(tmp_path)
        try:
            return question()
        except OSError as error:
            return errno.errorcode[error.errno or 0]

    return run_apart(ask)


def sent(name: str) -> Callable[[], object]:
    """The question what sendfile(2) says of a file."""

    def ask() -> object:
        with Path(name).open("rb") as file, Path("/dev/null").open("wb") as sink:
            return os.sendfile(sink.fileno(), file.fileno(), None, 100)

    return ask


def entries() -> object:
    """The question what `ls` prints."""
    return sorted(path.name for path in Path().iterdir())


def as_user(question: Callable[[], object]) -> Callable[[], object]:
    """The same question, asked by user 1000."""

    def ask() -> object:
        os.setgroups([])
        os.setgid(1000)
        os.setuid(1000)
        return question()

    return ask


def text_of(name: str) -> Callable[[], object]:
    """The question what `cat NAME` prints."""
    return lambda: Path(name).read_bytes()


def written(name: str, data: bytes) -> Callable[[], object]:
    """The question what is in the file after `echo DATA > NAME`, opened like the shell does."""

    def ask() -> object:
        file = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        os.write(file, data)
        os.close(file)
        return Path(name).read_bytes()

    return ask


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (entries, ["broken", "fixed", "link", "long", "plain", "secret", "who", "writeonly"]),
        (text_of("plain"), b"text\n"),
        (text_of("link"), b"text\n"),
        (text_of("long"), b"x" * 300_000),
        (sent("long"), "EINVAL"),
        (text_of("who"), b"0\n"),
        (as_user(text_of("who")), b"1000\n"),
        (text_of("secret"), b"secret\n"),
        (as_user(text_of("secret")), "EACCES"),
        (text_of("writeonly"), "EACCES"),
        (text_of("broken"), "EIO"),
        (text_of("nothing"), "ENOENT"),
        (written("plain", b"new\n"), b"new\n"),
        (written("plain", b"bad"), "ERANGE"),
        (written("fixed", b"new\n"), "EACCES"),
        (written("nothing", b"new\n"), "EACCES"),
        (as_user(written("plain", b"new\n")), "EACCES"),
        (Path("plain").unlink, "EPERM"),
        (Path("folder").mkdir, "EPERM"),
        (lambda: oct(Path("secret").stat().st_mode), "0o100400"),
        (lambda: Path("plain").stat().st_size, 4096),
    ],
)
def test_programs_meet_the_tree_with_the_errno_of_sysfs(
    tmp_path: Path, question: Callable[[], object], answer: object
) -> None:
    """Reading, writing and refusing go as on a real /sys."""
    assert on_mount(tmp_path, question) == answer


def test_mounts_and_processes_end_with_their_function(tmp_path: Path) -> None:
    """After run_apart nothing is mounted, nothing runs, and the host has its old name."""
    (tmp_path / "mine").write_text("mine")

    def ask() -> object:
        mounts.set_hostname("oracle")
        serving(example(), tmp_path)
        return os.uname().nodename, (tmp_path / "broken").exists(), os.getpid()

    host = os.uname().nodename
    assert run_apart(ask) == ("oracle", True, 1)
    assert list(tmp_path.iterdir()) == [tmp_path / "mine"]
    assert os.uname().nodename == host


def test_a_failure_apart_is_told() -> None:
    """What is raised inside comes out with its traceback."""
    with pytest.raises(ZeroDivisionError) as caught:
        run_apart(lambda: 1 // 0)
    assert "lambda: 1 // 0" in "".join(caught.value.__notes__)
    with pytest.raises(RuntimeError, match="without an answer"):
        run_apart(lambda: os._exit(1))


def test_the_documented_request_is_read_as_documented() -> None:
    """The example in the protocol's description is what the parser says it is."""
    text = fuse.__doc__ or ""
    lines = text.split("example")[1].splitlines()[:2]
    request = fuse.parse(bytes.fromhex("".join(lines)))
    assert request == fuse.Request(fuse.Op.LOOKUP, 4, 1, 0, 42, b"sys\0")
