"""insmod, rmmod and lsmod side by side with kmod 34's, as far as they get without a kernel."""

from __future__ import annotations

import lzma
import re
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from modtools import cli
from modtools.formats.compression import kind
from tests.properties import examples

pytestmark = pytest.mark.kmod


class Answer(NamedTuple):
    """What a command prints and ends with."""

    output: bytes
    errors: bytes
    status: int


Both = Callable[[str, Sequence[str]], tuple[Answer, Answer]]


@pytest.fixture
def both(
    kmod_tools: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Both:
    """Run a tool of kmod's and, in this process, pymod by that name, both in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(tool: str, words: Sequence[str]) -> tuple[Answer, Answer]:
        process = subprocess.run([str(kmod_tools / tool), *words], capture_output=True, stdin=subprocess.DEVNULL)
        capfdbinary.readouterr()
        status = cli.main([f"/usr/sbin/{tool}", *words])
        output, errors = capfdbinary.readouterr()
        return Answer(output, errors, status), Answer(process.stdout, process.stderr, process.returncode)

    return run


USAGE = [
    [],
    ["-h"],
    ["--help"],
    ["-V"],
    ["--version"],
    ["-z"],
    ["-hz"],
    ["-zh"],
    ["--nonsense"],
    ["--ver"],
    ["--ver=3"],
    ["--verb", "--vers"],
    ["--force=1"],
    ["--json"],
    ["-s"],
    ["-sfv"],
    ["--"],
    ["nosuch", "-q"],
    ["nosuch", "--help"],
    ["--", "-h"],
    ["-é"],
]


@pytest.mark.parametrize("words", USAGE, ids=" ".join)
@pytest.mark.parametrize("tool", ["insmod", "rmmod"])
def test_usage_is_kmods_to_the_byte(both: Both, tool: str, words: list[str]) -> None:
    """Help, version and every usage error of insmod and rmmod: text, stream and exit status."""
    ours, kmods = both(tool, words)
    assert ours == kmods


@pytest.mark.parametrize("words", [words for words in USAGE if words not in ([], ["-s"], ["--"])], ids=" ".join)
def test_usage_of_lsmod_is_kmods_to_the_byte(both: Both, words: list[str]) -> None:
    """The same for lsmod, where it does not list."""
    ours, kmods = both("lsmod", words)
    assert ours == kmods


KMOD = [
    [],
    ["-h"],
    ["--help"],
    ["-V"],
    ["--vers"],
    ["-z"],
    ["help"],
    ["help", "-z"],
    ["insmod", "x.ko"],
    ["--", "nonsense"],
    ["list", "-h"],
    ["list", "-V"],
    ["list", "-z"],
    ["list", "x"],
    ["static-nodes", "-h"],
    ["static-nodes", "-V"],
    ["static-nodes", "-f"],
    ["static-nodes", "-f", "nonsense"],
]


@pytest.mark.parametrize("words", KMOD, ids=" ".join)
def test_the_command_kmod_answers_as_kmod(both: Both, words: list[str]) -> None:
    """A link named kmod knows kmod's own three commands, and no more."""
    ours, kmods = both("kmod", words)
    assert ours == kmods


_WORDS = st.lists(
    st.one_of(
        st.sampled_from(["-f", "-v", "-fv", "--force", "--verb", "--vers", "--v", "--s=", "--syslog", "--", "-", "-x"]),
        st.sampled_from(["nosuch", "a.b", "-a-b", "x=1 2", "nosuch/", "a b", "[a-b]", "..", ".", "", "/", "./x.ko"]),
        st.text("-fvz", min_size=2, max_size=4).map(lambda text: "-" + text),
    ),
    max_size=5,
)


@pytest.mark.parametrize("tool", ["insmod", "rmmod"])
@examples(60)
@given(words=_WORDS)
@example(words=[""])
@example(words=["/"])
@example(words=["."])
@example(words=["-vvv", ".."])
def test_any_words_bring_kmods_answer(both: Both, tool: str, words: list[str]) -> None:
    """Options and names of modules and files that are not there, in any order."""
    ours, kmods = both(tool, words)
    ours, kmods = (_without(FROM_THE_KERNEL, _without(FROM_MEMORY, answer)) for answer in (ours, kmods))
    assert ours == kmods


FROM_THE_KERNEL = re.compile(rb"(?<=could not remove ).*: .*")
"""What rmmod -f says is the kernel's answer, and this machine's kernel may know no modules."""

FROM_MEMORY = re.compile(rb"0x[0-9a-f]+(?= (registered|released)\n)")
"""With -vvv kmod tells addresses of its own."""

FROM_ZSTD = re.compile(rb"(?<=zstd: ).*")
"""libzstd finds other things wrong when it gets a file at once, as in kmod, than when it gets it in parts."""


def _without(pattern: re.Pattern[bytes], answer: Answer) -> Answer:
    return answer._replace(errors=pattern.sub(b"", answer.errors))


FILES = {
    "empty.ko": b"",
    "short.ko": b"\x7fELF1",
    "gzip.ko.gz": b"\x1f\x8b\x08\0\0\0\0\0",
    "cut.ko.xz": lzma.compress(b"x" * 5000)[:60],
    "flipped.ko.xz": lzma.compress(b"x" * 5000)[:30] + b"\xff" + lzma.compress(b"x" * 5000)[31:],
    "header.ko.xz": b"\xfd7zXZ\0\0\x09\0\0\0\0",
    "nothing.ko.xz": b"\xfd7zXZ\0",
    "magic.ko.zst": b"\x28\xb5\x2f\xfd\0\0",
    "sized.ko.zst": b"\x28\xb5\x2f\xfd\x20\x40",
    "damaged.ko.zst": b"\x28\xb5\x2f\xfd\x24\x05\x29\0\0hello\x12\x34\x56\x78",
}


@pytest.mark.parametrize("name", FILES)
def test_files_that_cannot_be_read_get_kmods_words(both: Both, tmp_path: Path, name: str) -> None:
    """Short, damaged and gzip-compressed files never reach the kernel; libkmod and insmod say why."""
    (tmp_path / name).write_bytes(FILES[name])
    ours, kmods = both("insmod", [name])
    assert ours == kmods


def test_folders_and_devices_get_kmods_words(both: Both, tmp_path: Path) -> None:
    """What is no file at all."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop.ko").symlink_to("loop.ko")
    for name in ("folder", "folder/", ".", "/dev/null", "loop.ko", "x" * 300):
        ours, kmods = both("insmod", [name])
        assert ours == kmods, name


@examples(60)
@given(place=st.integers(0, 150), value=st.integers(0, 255), compressed=st.sampled_from(["xz", "zstd"]))
def test_damage_in_compressed_files_gets_kmods_words(
    both: Both, tmp_path: Path, place: int, value: int, compressed: str
) -> None:
    """One byte changed anywhere in a compressed file: the same complaint, or none."""
    data = bytearray(COMPRESSED[compressed])
    # Not in zstd's header: with another size there, what kmod says depends on how much memory it can get.
    data[6 + place % (len(data) - 6)] = value
    if kind(bytes(data)) != compressed:
        return
    (tmp_path / "m.ko").write_bytes(data)
    ours, kmods = both("insmod", ["m.ko"])
    if kmods.errors == b"insmod: ERROR: could not insert module m.ko: Function not implemented\n":
        # kmod could unpack it, so that the kernel has the next word, and here there is none.
        assert ours.errors.startswith(b"insmod: ERROR: could not insert module m.ko")
    else:
        assert _without(FROM_ZSTD, ours) == _without(FROM_ZSTD, kmods)


COMPRESSED = {
    "xz": lzma.compress(bytes(range(200)), check=lzma.CHECK_CRC32),
    # A frame of one raw block of eight bytes, with its size and no checksum: RFC 8878.
    "zstd": b"\x28\xb5\x2f\xfd\x20\x08\x41\0\0abcdefgh",
}
