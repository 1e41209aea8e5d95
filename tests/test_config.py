"""modprobe.d and the kernel command line: what `modprobe -c` of kmod 34 prints of them is the reference."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from modtools import config
from modtools.config import KINDS, Config, ConfigFile
from modtools.notes import Note
from tests.properties import examples

CMDLINE = Path(config.CMDLINE)

WORDS = ["alias", "options", "install", "remove", "softdep", "weakdep", "blacklist", "include", "#", "\n", "\\\n", "\\"]
WORDS += ["pre:", "post:", "a-b", "x", "y[0-9]", "z]", "[q", "p=1", '"', "-", "\v", "\r", "é", " ", "\t", "\n\n"]
CONFIGURATIONS = st.lists(st.sampled_from(WORDS).flatmap(lambda word: st.sampled_from((word, f"{word} "))), max_size=40)

PIECES = ["m.p=1", "m-x.q", '"', " ", "\t", "a.b.c=2", "modprobe.blacklist=", "a,b-c", "=", ".", "[x].y=1", "x].y"]
PIECES += ["quiet", '"n.o=p q"', "\n", "\v", "é.f=g"]
CMDLINES = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


def shown(found: Config) -> str:
    """A configuration as `modprobe -c` prints it."""
    out = ""
    for kind in KINDS:
        for line in getattr(found, kind):
            value = _SHOWN.get(kind, str)(line.value)
            out += f"{kind} {line.key}" + ("\n" if kind == "blacklist" else f" {value}\n")
    return out


_SHOWN: Mapping[str, Callable[[str], object]] = {
    "softdep": config.softdep_as_shown,
    "weakdep": lambda value: " ".join(config.weakdep(value).weak),
}
"""How values are shown that are not shown as they are."""


def complaints(notes: Sequence[Note]) -> str:
    """What libkmod prints about a configuration."""
    return "".join(f"libkmod: ERROR: {note.function}: {note.text}\n" for note in notes)


class Reference:
    """kmod's own reading of files and folders, with an empty module tree."""

    def __init__(self, kmod_tools: Path, folder: Path) -> None:
        self.root = folder / "root"
        (self.root / "lib/modules/1.2.3").mkdir(parents=True)
        self.folder = folder
        self.modprobe = [str(kmod_tools / "modprobe"), "-d", str(self.root), "-S", "1.2.3", "-c"]

    def show(self, *places: Path, cmdline: str | None = None) -> tuple[str, str]:
        """What `modprobe -c` prints of these places and complains about; maybe with another kernel command line."""
        words = [*self.modprobe, *(word for place in places for word in ("-C", str(place)))]
        if cmdline is not None:
            (self.folder / "cmdline").write_text(cmdline)
            mount = f"mount --bind '{self.folder / 'cmdline'}' {CMDLINE} && exec \"$@\""
            words = ["unshare", "-m", "sh", "-c", mount, "sh", *words]
        done = subprocess.run(words, capture_output=True)
        output, errors = (data.decode("utf-8", "surrogateescape") for data in (done.stdout, done.stderr))
        return output.partition("\n# End of configuration files.")[0], errors


@pytest.fixture
def reference(kmod_tools: Path, tmp_path: Path) -> Reference:
    """The reference modprobe (marker kmod)."""
    return Reference(kmod_tools, tmp_path)


def read(files: Sequence[ConfigFile], cmdline: str | None = None) -> tuple[str, str]:
    """The same by pymod; without a command line of its own with that of the host, as the reference."""
    notes: list[Note] = []
    text = CMDLINE.read_text() if cmdline is None else cmdline
    found = config.read(files, text, notes)
    return shown(found), complaints(notes)


@pytest.mark.kmod
@examples(60)
@given(words=CONFIGURATIONS)
@example(words=["softdep a ", " pre: b post: c"])
@example(words=["weakdep a b c\nweakdep a  b\nweakdep a"])
@example(words=["options a x=1 \\\n", "\ty=2\n", "options b \n", "options b"])
@example(words=["install a echo \\$x \\\\ \\"])
@example(words=["alias a-b c-d\nalias a[0-9]-b [c-d]\nalias a] b"])
@example(words=["config x\ninclude\n  # no comment\n#comment"])
def test_any_file_is_read_as_kmod_reads_it(words: list[str], reference: Reference) -> None:
    """Directives, their order, what is dropped, and every complaint with its line number."""
    file = reference.folder / "any.conf"
    file.write_text("".join(words))
    assert read([ConfigFile("any.conf", str(file))]) == reference.show(file)


@pytest.mark.kmod
@pytest.mark.machine
@examples(60)
@given(cmdline=CMDLINES)
@example(cmdline='a.b="c d" "e.f=g h" "i.j" k.l m.n=o.p "q"r.s=1 t.u="v')
@example(cmdline="a-b]-c.d [e-f.g h-[i-j]-k]-l.m")
@example(cmdline="modprobe.blacklist=a,,b-c modprobe.blacklist modprobe.blacklist=")
def test_any_command_line_is_read_as_kmod_reads_it(cmdline: str, reference: Reference) -> None:
    """Options and blacklist entries, with quotes, dots and brackets in every place."""
    assert read([], cmdline) == reference.show(Path("/nonexistent"), cmdline=cmdline)


@pytest.mark.kmod
def test_the_first_file_of_a_name_counts(reference: Reference) -> None:
    """Files of several folders come in the order of their names; of equal names, the first folder's is read."""
    first, second, alone = (reference.folder / name for name in ("first", "second", "alone.conf"))
    contents = {
        first: {"b.conf": "alias b first", "a.conf": "alias a first", "B.conf": "alias upper first"},
        second: {"b.conf": "alias b second", "c.conf": "alias c second", "alone.conf": "alias alone hidden"},
    }
    for folder, files in contents.items():
        folder.mkdir()
        for name, text in files.items():
            (folder / name).write_text(text + "\n")
    alone.write_text("alias alone single\n")
    places = (first, alone, second)
    assert read(config.files(map(str, places), str(reference.root), [])) == reference.show(*places)
    assert "alias alone single" in read(config.files(map(str, places), "", []))[0]


@pytest.mark.kmod
@pytest.mark.parametrize("kind", ["folder", "broken link", "hidden", "no .conf", "only .conf", "link to a file"])
def test_what_only_looks_like_a_file_is_left_out(kind: str, reference: Reference) -> None:
    """A folder or a broken link by the name of a file is complained about, other names are passed over."""
    place = reference.folder / "place"
    place.mkdir()
    (reference.folder / "target").write_text("alias linked file\n")
    match kind:
        case "folder":
            (place / "x.conf").mkdir()
        case "broken link":
            (place / "x.conf").symlink_to("nowhere")
        case "link to a file":
            (place / "x.conf").symlink_to(reference.folder / "target")
        case _:
            name = {"hidden": ".x.conf", "no .conf": "x.config", "only .conf": ".conf"}[kind]
            (place / name).write_text("alias other file\n")
    notes: list[Note] = []
    files = config.files([str(place)], str(reference.root), notes)
    output, errors = read(files)
    assert (output, complaints(notes) + errors) == reference.show(place)


def test_a_directive_knows_where_it_stands(tmp_path: Path) -> None:
    """File and line are those that kmod names in its complaints: of a continued line the last."""
    file = tmp_path / "a.conf"
    file.write_text("# one\noptions m x=1 \\\n  y=2\nsoftdep m pre: a\n")
    found = config.read([ConfigFile("a.conf", str(file))], "quiet hello.whom=boot", [])
    assert [line.place for line in (*found.options, *found.softdep)] == [
        f"{file} line 3",
        "/proc/cmdline line 1",
        f"{file} line 4",
    ]


def test_the_trees_own_files_come_among_the_others(tmp_path: Path) -> None:
    """modules.softdep and modules.weakdep of a tree are ordered by name with the others, and win over their like."""
    (tmp_path / "modules.softdep").write_text("softdep x pre: tree\n")
    place = tmp_path / "place"
    place.mkdir()
    for name in ("a.conf", "z.conf"):
        (place / name).touch()
    files = config.files([str(place), str(tmp_path / "gone")], str(tmp_path), [])
    assert [file.name for file in files] == ["a.conf", "modules.softdep", "modules.weakdep", "z.conf"]


def test_logical_lines_serve_other_files_too() -> None:
    """Continued lines are joined, with the number of their last line; other backslashes go."""
    text = "search a \\\n  b\n\n# c \\d\noverride \\"
    assert list(config.logical_lines(text)) == [(2, "search a   b"), (3, ""), (4, "# c d"), (5, "override ")]
