"""modprobe beside kmod 34's as far as no kernel is needed: questions, symbols of files, usage, $MODPROBE_OPTIONS."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from modtools.formats.index_write import encode
from modtools.tools.modprobe import words_of_environment
from tests.beside_kmod import KO, Answer, Both, indexed_debian_tree, side_by_side, tree
from tests.properties import examples
from tests.reference import RELEASE
from tests.samples import SAMPLES

pytestmark = pytest.mark.kmod

ABORTING = {"bad_shstrndx.ko", "bad_shstrndx_zero.ko", "bad_shnum_zero.ko"}

CONFIGURATION = """\
alias net-42 chain_a
alias two-alias chain_b
alias two-alias dia_top
alias wild-[a-c]* dia_left
alias to-nothing no_such_module
alias blacklisted dia_base
options chain_b x=1
options net-42 y="a b"
options chain-b z=2
blacklist dia_base
install dia_right /bin/echo $CMDLINE_OPTS
install nowhere_to_be_found echo nowhere
remove removable echo removing
softdep chain_a pre: dia_left nosuch post: soft_post
softdep soft_pre post: [bad
softdep soft_* pre: chain_c
weakdep chain_c a b
"""
"""A file of modprobe.d in which every kind of line is in use."""


@pytest.fixture
def both(kmod_tools: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Both:
    """Runs pymod and kmod."""
    return side_by_side(kmod_tools, capfdbinary)


@pytest.fixture(scope="module")
def root(kmod_tools: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root with the transcripts' modules, and a configuration in c.conf."""
    place = tmp_path_factory.mktemp("root")
    left_out = {"prop_gpl_user", "ns_user_noimport", "dup_export", "unknown_syms", "no_crc_user", "common_mod"}
    files = [path for path in sorted(KO.glob("*.ko")) if path.stem not in left_out and not path.stem.startswith("cyc")]
    (place / "c.conf").write_text(CONFIGURATION)
    return tree(kmod_tools, place, files)


@pytest.fixture
def common(root: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Options that name the tree and the configuration."""
    monkeypatch.chdir(root)
    return ["-d", str(root), "-S", RELEASE, "-C", "c.conf"]


NAMES = [
    ["chain_a"],
    ["net-42", "whom=x", "two=a b", 'three="c d"', "four"],
    ["two_alias"],
    ["wild-because"],
    ["wild-dog"],
    ["to-nothing"],
    ["blacklisted"],
    ["dia_base"],
    ["dia_top", "x=1"],
    ["dia-right", "p=1"],
    ["nowhere-to-be-found"],
    ["removable"],
    ["soft_pre"],
    ["soft_mod"],
    ["softdep_mod"],
    ["oracle-class5xy"],
    ["symbol:chain_c_fn"],
    ["usb:v0BDAp8152d0200dc00dsc00dp00icFFiscFFip00in00"],
    ["fs-*"],
    ["[a", "b]"],
    ["chain_a.ko"],
    ["./c.conf"],
    ["./lib/modules/6.1.0-56-amd64/extra/chain_b.ko"],
    ["/nonexistent.ko"],
    ["no_such_module", "chain_a"],
    [""],
]
QUESTIONS = [
    ["-D"],
    ["-R"],
    ["-n"],
    ["-n", "-v"],
    ["-n", "-v", "-b"],
    ["-D", "-i"],
    ["-a", "-D"],
    ["-a", "-R", "-q"],
    ["-n", "-q", "-v"],
    ["-n", "-vv"],
    ["-n", "--first-time"],
    ["-r", "-n", "-v"],
    ["-r", "-n", "--first-time"],
    ["-r", "-a", "-n", "-i", "-v", "--remove-holders"],
    ["-r", "-D"],
]


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_questions(question: list[str], both: Both, common: list[str]) -> None:
    """What would be done about names, aliases, files and nonsense, by every way of asking."""
    for names in NAMES:
        ours, theirs = both("modprobe", [*common, *question, *names])
        assert ours == theirs, names


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["-h"],
        ["-V"],
        ["-z"],
        ["-C"],
        ["--ver"],
        ["--show-e"],
        ["--remove-"],
        ["-w", "abc", "x"],
        ["-w", "", "x"],
        ["-w", "0x1f", "-rn", "x"],
        ["-w", "08", "x"],
        ["-w-1", "-rn", "chain_a"],
        ["-q"],
        ["-n", "-a"],
        ["-a", "-r"],
        ["--wait=", "x"],
        ["-c", "ignored"],
    ],
    ids=" ".join,
)
def test_usage(words: list[str], both: Both, common: list[str]) -> None:
    """Wrong, missing and unusual options."""
    ours, theirs = both("modprobe", [*common, *words])
    ours, theirs = (answer._replace(output=_without_host(answer.output)) for answer in (ours, theirs))
    assert ours == theirs


def _without_host(output: bytes) -> bytes:
    """Without the options that the reference reads from the host's own kernel command line."""
    from modtools import config

    host = config.read([], Path(config.CMDLINE).read_text(), [])
    lines = {f"options {line.key} {line.value}\n".encode() for line in host.options}
    return b"".join(line for line in output.splitlines(keepends=True) if line not in lines)


@pytest.mark.parametrize("what", ["--dump-modversions", "--show-exports"])
def test_symbols_of_files(what: str, both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    """CRCs that files want or offer, of all classes, damaged ones, and what is no file at all."""
    monkeypatch.chdir(KO)
    files = [path for path in sorted((*KO.rglob("*.ko*"), *SAMPLES)) if path.name not in ABORTING]
    for file in [*map(str, files), "nosuch", "hello_export", "."]:
        ours, theirs = both("modprobe", [what, file])
        assert ours == theirs, file


@examples(60)
@given(text=st.text("""-vqnx "'=C,""", max_size=14))
@example(text='"-v" -n')
@example(text="--config='c.conf' -n -v")
@example(text="-v  -n")
@example(text="-C c.conf -nv")
@example(text="-C")
@example(text='-n" -v')
def test_the_environments_options(text: str, both: Both, common: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """$MODPROBE_OPTIONS is taken apart as kmod does it, quotes, double blanks and all."""
    monkeypatch.setenv("MODPROBE_OPTIONS", text)
    # For words that only quotes part, kmod's array is too small, and it overwrites its own copy of the text.
    assume(len(words_of_environment()) <= text.count(" ") + 2)
    ours, theirs = both("modprobe", [*common, "-D", "chain_b"])
    # An open option or a "--" takes -d for itself; then the default folders are named, and they differ.
    assert _without_folder(ours) == _without_folder(theirs)


def _without_folder(answer: Answer) -> Answer:
    return answer._replace(errors=re.sub(rb"in directory \S+", b"in directory", answer.errors))


@pytest.mark.parametrize("damage", ["missing", "magic", "version", "short", "empty", "folder"])
@pytest.mark.parametrize("index", ["dep", "alias", "symbols", "builtin", "builtin.alias"])
def test_damaged_indexes(
    damage: str, index: str, both: Both, kmod_tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An index that is missing, or none: what still works, and what is said about it."""
    monkeypatch.chdir(tmp_path)
    place = tree(kmod_tools, tmp_path / "root", [KO / "chain_c.ko", KO / "alias_mod.ko"])
    file = place / "lib/modules" / RELEASE / f"modules.{index}.bin"
    data = file.read_bytes()
    match damage:
        case "missing":
            file.unlink()
        case "folder":
            file.unlink()
            file.mkdir()
        case "magic":
            file.write_bytes(b"\xb0\x07\xfa\x57" + data[4:])
        case "version":
            file.write_bytes(data[:5] + b"\x09" + data[6:])
        case "short":
            file.write_bytes(data[:7])
        case "empty":
            file.write_bytes(encode({}))
    for question in (["-D", "chain_c"], ["-R", "oracle-alias"], ["-nv", "oracle-alias"], ["-R", "symbol:chain_c_fn"]):
        ours, theirs = both("modprobe", ["-d", str(place), "-S", RELEASE, *question])
        assert ours == theirs


def concrete(alias: str, choice: random.Random) -> str:
    """A name that an alias matches, as a device would have it."""

    def one_of(match: re.Match[str]) -> str:
        low, dash, high = match[1].partition("-")
        return chr(choice.randint(ord(low), ord(high))) if dash and len(match[1]) == 3 else match[1][0]

    alias = re.sub(r"\[([^\]]*)\]", one_of, alias)
    return re.sub(r"\*", lambda _: choice.choice(("00000000", "0000ABCD", "01", "", "8086")), alias).replace("?", "x")


@pytest.mark.debian
@pytest.mark.slow
def test_a_whole_distribution(
    both: Both, kmod_tools: Path, debian_tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """-D for every module of Debian's kernel, -R and -D for 2000 names that its devices may have, and -c."""
    monkeypatch.chdir(tmp_path)
    place = indexed_debian_tree(kmod_tools, debian_tree, tmp_path)
    common = ["-d", ".", "-S", RELEASE, "-C", "/nonexistent"]
    names = sorted(file.stem for file in place.rglob("*.ko"))
    assert len(names) > 4000
    choice = random.Random(6)
    lines = (place / "lib/modules" / RELEASE / "modules.alias").read_text().splitlines()
    aliases = [concrete(line.split()[1], choice) for line in choice.sample(lines[1:], 2000)]
    for question in (["-a", "-D", *names], ["-a", "-R", *aliases], ["-a", "-D", *aliases], ["-c"]):
        ours, theirs = both("modprobe", [*common, *question])
        assert ours.output.count(b"\n") > 2000
        assert ours == theirs._replace(output=_without_host(theirs.output))


def test_a_long_chain_of_soft_dependencies(both: Both, tmp_path: Path) -> None:
    """Hundreds of modules, each of which is to be loaded before the one before it."""
    number = 1200
    folder = tmp_path / "lib/modules" / RELEASE
    folder.mkdir(parents=True)
    values = {f"m{at}": [(at, f"m{at}.ko:")] for at in range(number)}
    (folder / "modules.dep.bin").write_bytes(encode(values))
    (tmp_path / "c.conf").write_text("".join(f"softdep m{at} pre: m{at + 1}\n" for at in range(number - 1)))
    ours, theirs = both("modprobe", ["-d", str(tmp_path), "-S", RELEASE, "-C", str(tmp_path / "c.conf"), "-D", "m0"])
    assert ours == theirs
    assert theirs.output.count(b"\n") == number
