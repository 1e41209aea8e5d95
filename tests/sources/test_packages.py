"""Package files as KERNEL: they tell what their contents tell when installed, and what they hold harms nothing."""

from __future__ import annotations

import contextlib
import json
import re
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.errors import PymodError
from modtools.sources import packages
from tests.packed import PACKERS, cpio, deb, other, rpm, tar
from tests.reference import RELEASE, RELEASE_13, debian13_tree
from tests.running import Run, runner
from tests.sources.test_sources import NEXT, ours

SYMVERS = b"0x9060323f\tmodule_layout\tvmlinux\tEXPORT_SYMBOL\t\n0x92997ed8\t_printk\tvmlinux\tEXPORT_SYMBOL_GPL\tNS\n"
MAP = b"ffffffff82000000 r __ksymtab__printk\nffffffff81000000 T _printk\n"
BUILD = {
    ".config": b"CONFIG_X86_64=y\nCONFIG_SMP=y\nCONFIG_PREEMPT_BUILD=y\nCONFIG_MODULE_UNLOAD=y\nCONFIG_MODVERSIONS=y\n",
    "Module.symvers": SYMVERS,
    "include/generated/utsrelease.h": f'#define UTS_RELEASE "{NEXT}"\n'.encode(),
}
Make = Callable[[dict[str, bytes]], bytes]
KINDS: dict[str, Make] = {
    "deb": lambda files: deb(tar({f"./{name}": data for name, data in files.items()})),
    "rpm": lambda files: rpm(cpio({f"./{name}": data for name, data in files.items()})),
}
kinds = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture
def pymod(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run pymod in this process."""
    return runner(capfd)


def below(folder: str, files: dict[str, bytes]) -> dict[str, bytes]:
    """The same files in a folder."""
    return {f"{folder}/{name}": content for name, content in files.items()}


def modules() -> dict[str, bytes]:
    """A tree of modules for NEXT."""
    return {path.name: path.read_bytes().replace(RELEASE.encode(), NEXT.encode()) for path in ours()}


def written(files: dict[str, bytes], folder: Path) -> Path:
    """The folder with these files."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def machine(pymod: Run, *words: str) -> dict[str, object]:
    """What is told of the kernel that these words boot, but not by whom."""
    output, errors, status = pymod("boot", *words)
    assert status == 0, errors
    told = json.loads(pymod("status", "--json")[0])["machine"]
    (symbols,) = re.findall(r"^Symbols: +(.*)$", output, re.M)
    return {"symbols": symbols, **{key: told[key] for key in ("release", "machine", "vermagic", "unknown")}}


@kinds
@pytest.mark.parametrize("root", ["", "usr/"])
def test_a_package_of_headers_tells_what_the_installed_headers_tell(
    pymod: Run, tmp_path: Path, kind: str, root: str
) -> None:
    """Wherever they lie in it, deeper than others too, and whatever the file is called."""
    for number, place in enumerate(
        (f"src/linux-headers-{NEXT}", "src/linux-obj/x86_64/default", f"lib/modules/{NEXT}/build")
    ):
        (tmp_path / f"package{number}").write_bytes(KINDS[kind](below(f"{root}{place}", BUILD)))
        installed = written(below(place, BUILD), tmp_path / f"root{number}") / place
        assert machine(pymod, str(tmp_path / f"package{number}")) == machine(pymod, str(installed))
        pymod("boot", str(tmp_path / f"package{number}"))
        assert f"package{number}: {root}{place}" in pymod("status")[0]


@kinds
def test_a_package_of_modules_tells_what_the_installed_tree_tells(pymod: Run, tmp_path: Path, kind: str) -> None:
    """Packed modules and a System.map too, which may lie in /boot, or as one file among the modules."""
    some = {f"{name}.xz": PACKERS["xz"](content) for name, content in list(modules().items())[:9]}
    tree = below(f"lib/modules/{NEXT}/kernel", {**modules(), **some})
    for files in (tree, {**tree, f"boot/System.map-{NEXT}": MAP}, {**tree, f"lib/modules/{NEXT}/System.map": MAP}):
        (tmp_path / "package").write_bytes(KINDS[kind](files))
        with tempfile.TemporaryDirectory() as root:
            installed = written(files, Path(root)) / f"lib/modules/{NEXT}"
            assert machine(pymod, str(tmp_path / "package")) == machine(pymod, str(installed))


@kinds
def test_a_packed_list_is_read(pymod: Run, tmp_path: Path, kind: str) -> None:
    """A Module.symvers beside the modules, packed in any way."""
    for end, pack in PACKERS.items():
        files = {f"lib/modules/{NEXT}/symvers.{end}": pack(SYMVERS), **below(f"lib/modules/{NEXT}/kernel", modules())}
        (tmp_path / "package").write_bytes(KINDS[kind](files))
        told = machine(pymod, str(tmp_path / "package"))
        assert (told["release"], told["symbols"]) == (NEXT, "2 are exported")


@kinds
def test_an_image_that_cannot_be_read_is_named(pymod: Run, tmp_path: Path, kind: str) -> None:
    """What the modules beside it tell counts, and a warning says why it is not more."""
    zimage = f"boot/vmlinuz-{NEXT}"
    (tmp_path / "package").write_bytes(KINDS[kind]({zimage: bytes(4096), **below(f"lib/modules/{NEXT}", modules())}))
    _, errors, status = pymod("boot", str(tmp_path / "package"))
    assert status == 0
    assert f"{tmp_path / 'package'}: {zimage} is no kernel image of a kind that can be read" in errors


@kinds
def test_a_package_with_nothing_of_a_kernel_is_refused(pymod: Run, tmp_path: Path, kind: str) -> None:
    """It is named, and what was looked for."""
    (tmp_path / "package").write_bytes(KINDS[kind]({"usr/share/doc/copyright": b"text", "usr/bin/vmlinuz": b"text"}))
    output, errors, status = pymod("boot", str(tmp_path / "package"))
    assert (output, status) == ("", 1)
    assert f"{tmp_path / 'package'} holds no kernel image, no modules and no headers that tell of a kernel" in errors


DEPENDS = b"""Package: linux-image-7.2.13+deb14-amd64
Pre-Depends: linux-base (>= 4.17~)
Depends: dracut | linux-initramfs-tool, linux-base-7.2.13+deb14-amd64 (= 7.2.13-1),
 linux-binary-7.2.13+deb14-amd64 (= 7.2.13-1)
Recommends: linux-doc
"""
"""As Debian's package of that name has it, which installs nothing but what reportbug reads."""


def test_a_package_that_only_depends_on_others_names_them(pymod: Run, tmp_path: Path) -> None:
    """Those that may be a kernel's; where its fields cannot be read, it is only said what it does not hold."""
    package = tmp_path / "package"
    package.write_bytes(deb(tar({"./usr/share/bug/x": b"x"}), control=DEPENDS))
    _, errors, status = pymod("boot", str(package))
    assert status == 1
    assert errors.rstrip().endswith(
        "that tell of a kernel; it depends on linux-base-7.2.13+deb14-amd64, linux-binary-7.2.13+deb14-amd64:"
        " name the files of these packages"
    )
    for control in (DEPENDS.replace(b"\nDepends:", b"\nOther:"), DEPENDS + bytes(1 << 17)):
        package.write_bytes(deb(tar({"./usr/share/bug/x": b"x"}), control=control))
        _, errors, status = pymod("boot", str(package))
        assert (status, errors.rstrip().endswith("that tell of a kernel")) == (1, True)


def test_a_package_of_two_kernels_is_refused(pymod: Run, tmp_path: Path) -> None:
    """Both are named, by their place in it."""
    other_build = {**BUILD, "include/generated/utsrelease.h": b'#define UTS_RELEASE "6.6.6"\n'}
    (tmp_path / "package").write_bytes(deb(tar({**below("usr/src/a", BUILD), **below("usr/src/b", other_build)})))
    _, errors, status = pymod("boot", str(tmp_path / "package"))
    assert status == 1
    assert f"package: usr/src/a is for {NEXT}, but {tmp_path / 'package'}: usr/src/b for 6.6.6" in errors


HOSTILE = (
    "../../boot/System.map",
    "boot/../../../System.map",
    "lib/modules/../System.map",
    "usr/src/../../x/Module.symvers",
    "/usr/src/x/../../../Module.symvers",
    "boot\\..\\System.map",
    "lib/modules/./symvers",
    "lib/modules/x/build/",
)


@kinds
@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_is_written_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, kind: str) -> None:
    """A path that leads elsewhere counts as no path of a kernel's file."""
    inside = tmp_path / "a/b/c/d"
    inside.mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(inside))
    (tmp_path / "package").write_bytes(deb(tar({name: MAP})) if kind == "deb" else rpm(cpio({name: MAP})))
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(PymodError, match="holds no kernel image"):
        packages.from_package(tmp_path / "package", lambda _: [])
    assert sorted(tmp_path.rglob("*")) == before


def test_no_link_is_followed(tmp_path: Path) -> None:
    """Links and devices that a package has do not exist for pymod, and do not lead what it writes elsewhere."""
    outside = tmp_path / "outside"
    outside.mkdir()
    links = [
        other("usr/src/x", tarfile.SYMTYPE, str(outside)),
        other("boot/vmlinuz", tarfile.CHRTYPE),
        other("boot/System.map", tarfile.LNKTYPE, "/etc/passwd"),
    ]
    (tmp_path / "package").write_bytes(deb(tar(below("usr/src/x", BUILD), others=links)))
    (part,) = packages.from_package(tmp_path / "package", lambda _: [])
    assert part.release == NEXT
    assert not list(outside.iterdir())


def test_what_is_too_large_is_refused(tmp_path: Path) -> None:
    """Before anything of it is written."""
    large = tarfile.TarInfo("boot/vmlinuz")
    large.size = 2 << 30
    (tmp_path / "package").write_bytes(deb(large.tobuf()))
    with pytest.raises(PymodError, match=r"boot/vmlinuz is larger than anything of a kernel"):
        packages.from_package(tmp_path / "package", lambda _: [])


PACKAGES = {
    kind: make({**below(f"usr/src/linux-headers-{NEXT}", BUILD), f"boot/System.map-{NEXT}": MAP})
    for kind, make in KINDS.items()
}


@kinds
@given(data=st.data())
def test_a_damaged_package_is_refused_or_read(kind: str, data: st.DataObject) -> None:
    """Nothing but PymodError is raised, and the folder for what was unpacked is gone."""
    whole = bytearray(PACKAGES[kind])
    for place in data.draw(st.lists(st.integers(len(whole) // 2, len(whole) - 1), max_size=3)):
        whole[place] = data.draw(st.integers(0, 255))
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", folder)
        path = Path(folder, "package")
        path.write_bytes(whole[: data.draw(st.integers(8, len(whole)))])
        with contextlib.suppress(PymodError):
            packages.from_package(path, lambda _: [])
        assert [file.name for file in Path(folder).iterdir()] == ["package"]


@pytest.mark.debian13
def test_debians_image_in_a_package(pymod: Run, tmp_path: Path) -> None:
    """The kernel of the boot image is booted, which tells all: none of the modules behind it is looked at."""
    image = (debian13_tree() / f"boot/vmlinuz-{RELEASE_13}").read_bytes()
    files = {f"boot/vmlinuz-{RELEASE_13}": image, f"usr/lib/modules/{RELEASE_13}/kernel/no.ko": b"no module"}
    (tmp_path / "package").write_bytes(deb(tar(files), "gz"))
    told = machine(pymod, str(tmp_path / "package"))
    assert (told["release"], told["unknown"]) == (RELEASE_13, [])
