"""Names that come from outside are checked where they enter."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.formats.elf import ElfFile
from modtools.kernel.features import features_of
from modtools.names import BadName, checked_release
from modtools.place import Place
from tests.running import KO, Run, runner

BAD = ["../../../../evil", "/evil", "a/b", ".", "..", "", "a b", "a\nb", "a\0b", "x" * 65, "\u00e9" * 33]


@pytest.fixture
def pymod(capfd: pytest.CaptureFixture[str]) -> Run:
    """pymod in this process."""
    return runner(capfd)


@given(st.text(st.sampled_from("./ a6-é\0\n\t\x7f\udc80"), max_size=8) | st.text(max_size=70))
def test_a_release_is_one_new_folder(text: str) -> None:
    """What passes names a folder directly in the one that it is made in, as the file system has it; all else does not
    pass, but for blanks and control characters, which end a release in a vermagic."""
    try:
        checked_release(text)
    except BadName:
        assert text in BAD or set(text) & {"/", *map(chr, range(33)), "\x7f"} or len(os.fsencode(text)) > 64
    except UnicodeEncodeError:
        with pytest.raises(UnicodeEncodeError):
            os.fsencode(text)
    else:
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, text).mkdir()
            assert list(map(os.fsencode, os.listdir(folder))) == [os.fsencode(text)]  # noqa: PTH208


def everything(folder: Path) -> list[str]:
    """All that lies below a folder, but what pymod keeps for itself beside the root."""
    names = (str(path.relative_to(folder)) for path in folder.rglob("*"))
    return sorted(name for name in names if not name.startswith(("machine/state.json", "cache")))


@pytest.mark.parametrize("release", [bad for bad in BAD if bad and "\0" not in bad])
def test_no_release_leads_out_of_the_root(release: str, pymod: Run, tmp_path: Path) -> None:
    """Whether it comes by option, by a module's vermagic, by the headers beside a Module.symvers or by a map's name:
    nothing is made, neither in the root nor outside, and the state stays as it was."""
    pymod("root")
    headers = tmp_path / "source/include/generated"
    headers.mkdir(parents=True)
    (headers / "utsrelease.h").write_text(f'#define UTS_RELEASE "{release}"\n')
    symvers = tmp_path / "source/Module.symvers"
    symvers.write_text("0x12345678\tprintk\tvmlinux\tEXPORT_SYMBOL\t\n")
    before = everything(tmp_path), pymod("status", "--json")
    ways = {"option": ["--release", release], "headers": ["--symvers", str(symvers)]}
    if "\n" in release or '"' in release:
        del ways["headers"]
    for words in ways.values():
        output, errors, status = pymod("boot", *words)
        assert (output, status) == ("", 1)
        assert errors.startswith(f"boot: ERROR: invalid kernel release {release!r}")
        assert errors.count("\n") == 1
    assert (everything(tmp_path), pymod("status", "--json")) == before


def test_a_vermagic_is_no_way_out(pymod: Run, tmp_path: Path) -> None:
    """`boot --like` of a module whose vermagic begins with a path."""
    data = (KO / "chain_c.ko").read_bytes()
    at = data.index(b"vermagic=") + len(b"vermagic=")
    end = data.index(b" ", at)
    module = tmp_path / "evil.ko"
    module.write_bytes(data[:at] + b"../../../evil".ljust(end - at, b"x") + data[end:])
    pymod("root")
    before = everything(tmp_path)
    output, errors, status = pymod("boot", "--like", str(module))
    assert (output, status) == ("", 1)
    assert "invalid kernel release" in errors
    assert everything(tmp_path) == before


@pytest.mark.parametrize("release", BAD)
def test_a_state_with_such_a_release_is_damaged(release: str, pymod: Run, tmp_path: Path) -> None:
    """Whatever reads it says so; nothing is made."""
    pymod("boot")
    state = Place().state
    stored = json.loads(state.read_text())
    stored["kernel"]["release"] = release
    state.write_text(json.dumps(stored))
    before = everything(tmp_path)
    for words in (["root"], ["depmod"], ["modinfo", "x"], ["insmod", str(KO / "chain_c.ko")]):
        errors, status = pymod(*words)[1:]
        assert (status, "invalid kernel release" in errors, errors.count("\n")) == (1, True, 1)
    assert everything(tmp_path) == before


def test_depmod_stays_in_the_machine(pymod: Run, tmp_path: Path) -> None:
    """A version that leads elsewhere is refused on the machine's own root."""
    pymod("root")
    (tmp_path / "machine/6.1").mkdir()
    assert pymod("depmod", "6.1/../../../../6.1")[2] == 1
    assert not list((tmp_path / "machine/6.1").iterdir())


@pytest.mark.parametrize("name", ["../../x", "a/b"])
def test_a_module_has_the_folder_that_linux_gives_it(name: str, pymod: Run, tmp_path: Path) -> None:
    """Its name may have a slash, as in Linux; in /sys that is a `!` (`lib/kobject.c`)."""
    data = bytearray((KO / "chain_c.ko").read_bytes())
    section = ElfFile.open(bytes(data)).section(".gnu.linkonce.this_module")
    assert section is not None
    at = section.offset + features_of("x86_64", "6.1", "").name_offset
    data[at : at + 16] = name.encode().ljust(16, b"\0")
    (tmp_path / "odd.ko").write_bytes(data)
    assert pymod("insmod", "--no-run", str(tmp_path / "odd.ko"))[2] == 0
    assert pymod("cat", "/proc/modules")[0].startswith(f"{name} ")
    folder = name.replace("/", "!")
    assert pymod("cat", f"/sys/module/{folder}/initstate")[0] == "live\n"
    assert pymod("ls", f"/sys/module/{name}")[2] == 1
