"""Programs that install modules and kernels: the kernel's own Makefile, dkms, kernel-install."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.clients import content, machine
from tests.clients.machine import OUT, TREE, Machine
from tests.reference import CHECKOUT, RELEASE, debian_tree, kernel_headers

pytestmark = [pytest.mark.clients, pytest.mark.kmod, pytest.mark.debian, pytest.mark.headers, pytest.mark.slow]

EXAMPLES = ("hello_export", "hello_use_export")
INDEXES = ("modules.dep", "modules.dep.bin", "modules.alias.bin", "modules.symbols.bin")

_CONFIGURATION = f"""\
PACKAGE_NAME="hello"
PACKAGE_VERSION="1.0"
BUILT_MODULE_NAME[0]="{EXAMPLES[0]}"
DEST_MODULE_LOCATION[0]="/updates/dkms"
BUILT_MODULE_NAME[1]="{EXAMPLES[1]}"
DEST_MODULE_LOCATION[1]="/updates/dkms"
"""
_KEY = """
openssl req -new -x509 -nodes -days 36500 -subj "/CN=a key" -newkey rsa:2048 \
    -keyout /var/lib/dkms/mok.key -outform DER -out /var/lib/dkms/mok.pub
"""


def write_examples(folder: Path) -> None:
    """Put the sources of the lesson's modules into a folder, with a Makefile."""
    folder.mkdir(parents=True)
    for name in EXAMPLES:
        shutil.copy(CHECKOUT / f"examples/{name}.c", folder)
    objects = " ".join(f"{name}.o" for name in EXAMPLES)
    (folder / "Makefile").write_text(f"obj-m := {objects}\n", "utf-8")


def write_build_folder(folder: Path) -> None:
    """Debian's folder for building modules, with a System.map: without one `make modules_install` calls no depmod."""
    folder.mkdir()
    for path in kernel_headers().iterdir():
        (folder / path.name).symlink_to(path)
    (folder / "System.map").symlink_to(debian_tree() / f"boot/System.map-{RELEASE}")


def test_make_modules_install_makes_the_same_tree(tmp_path: Path) -> None:
    """The kernel's `make modules_install` with DEPMOD= and INSTALL_MOD_PATH=, for a folder with two modules."""
    machines = machine.both(tmp_path)
    for one in machines:
        write_examples(one.out("source"))
        write_build_folder(one.out("build"))
        make = ("make", "-C", str(OUT / "build"), f"M={OUT / 'source'}")
        one.run(*make, "modules")
        said = one.run(*make, "modules_install", f"INSTALL_MOD_PATH={OUT / 'root'}", "DEPMOD=/sbin/depmod").stdout
        assert "DEPMOD" in said
        assert "missing" not in said
    ours, theirs = (content.of_folder(one.out("root")) for one in machines)
    assert ours == theirs
    assert f"lib/modules/{RELEASE}/modules.dep.bin" in theirs


def test_dkms_installs_the_same_modules(tmp_path: Path) -> None:
    """dkms adds, builds, signs, installs and removes the lesson's modules; at each step it says and leaves the same."""
    machines = ours, theirs = machine.both(tmp_path)
    theirs.run("sh", "-c", _KEY)
    for name in ("mok.key", "mok.pub"):
        shutil.copy(theirs.folder / "dkms" / name, ours.folder / "dkms")
    for one in machines:
        write_examples(one.out("hello-1.0"))
        (one.out("hello-1.0") / "dkms.conf").write_text(_CONFIGURATION, "utf-8")
    for step in ("add", "build", "install", "status", "remove"):
        words = ("dkms", step, "hello/1.0", "-k", RELEASE, "--sourcetree", str(OUT))
        assert without_dots(ours.run(*words).stdout) == without_dots(theirs.run(*words).stdout)
        assert tree(ours) == tree(theirs)
        if step == "install":
            check_installed(ours, theirs)


def without_dots(text: str) -> str:
    """What dkms says without the dot that it prints each second while a command runs."""
    return re.sub(r"\.+$", "", text, flags=re.MULTILINE)


def check_installed(ours: Machine, theirs: Machine) -> None:
    """Modules that dkms installed are found, and described, alike."""
    for words in (("modprobe", "-S", RELEASE, "-D", EXAMPLES[1]), ("modinfo", "-k", RELEASE, *EXAMPLES)):
        said = theirs.run(*words).stdout
        assert "/updates/dkms/" in said
        assert ours.run(*words).stdout == said


def test_kernel_install_indexes_the_tree(tmp_path: Path) -> None:
    """kernel-install adds Debian's kernel, for whose tree it calls depmod, and removes it."""
    machines = ours, theirs = machine.both(tmp_path, indexed=False)
    for one in machines:
        one.run("kernel-install", "--verbose", "add", RELEASE, f"/boot/vmlinuz-{RELEASE}")
    assert tree(ours) == tree(theirs)
    assert content.of_folder(ours.folder / "boot") == content.of_folder(theirs.folder / "boot")
    assert all(name in tree(theirs) for name in INDEXES)
    for one in machines:
        one.run("kernel-install", "remove", RELEASE)
    assert tree(ours) == tree(theirs)


def tree(one: Machine) -> content.Content:
    """All that a machine has in its module tree."""
    return content.of_folder(one.folder / TREE)
