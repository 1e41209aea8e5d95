"""A machine with a root of its own is to pymod what its chroot is to kmod 34; with -b and -d it is as with kmod."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from modtools.place import Place
from tests.reference import RELEASE
from tests.running import KO, Run, runner
from tests.test_rooted import as_root


@pytest.fixture
def pymod(capfd: pytest.CaptureFixture[str]) -> Run:
    """pymod in this process."""
    return runner(capfd)


INDEXES = ("modules.dep", "modules.dep.bin", "modules.alias.bin", "modules.symbols.bin", "modules.softdep")
QUESTIONS = (
    ["modprobe", "-D", "chain_a"],
    ["modprobe", "-D", "dia_left"],
    ["modprobe", "-D", "short-name"],
    ["modprobe", "-c"],
    ["modprobe", "-n", "-v", "hello_use_export"],
    ["modinfo", "-n", "chain_a", "chain_b", "chain_c", "dia_base", "dia_left", "hello_export", "hello_use_export"],
    ["modinfo", "-F", "name", "chain_a", "hello_export"],
)


def furnish(root: Path) -> Path:
    """A machine as distributions have them: usr-merged, with folders, files and configuration elsewhere by absolute
    links, and an external folder. Its tree."""
    for path in ("usr/lib", "opt/ext", "opt/updates", "opt/files", "etc/modprobe.d", "etc/depmod.d", "usr/share"):
        (root / path).mkdir(parents=True, exist_ok=True)
    (root / "lib").symlink_to("/usr/lib")
    tree = root / "usr/lib/modules" / RELEASE
    (tree / "kernel").mkdir(parents=True)
    for name in ("modules.order", "modules.builtin", "modules.builtin.modinfo"):
        (tree / name).touch()
    (tree / "updates").symlink_to("/opt/updates")
    (tree / "again").symlink_to(f"/lib/modules/{RELEASE}/kernel")
    (tree / "dangling.ko").symlink_to("/opt/nowhere.ko")
    for name, place in {
        "chain_a": tree / "kernel",
        "chain_b": root / "opt/ext",
        "chain_c": root / "opt/updates",
        "dia_base": root / "opt/ext",
        "dia_left": tree / "kernel",
        "hello_export": root / "opt/files",
        "hello_use_export": tree / "kernel",
    }.items():
        shutil.copy(KO / f"{name}.ko", place)
    (tree / "kernel/hello_export.ko").symlink_to("/opt/files/hello_export.ko")
    (root / "usr/share/ours.conf").write_text("alias short_name chain_a\noptions hello_use_export whom=root\n")
    (root / "etc/modprobe.d/ours.conf").symlink_to("/usr/share/ours.conf")
    (root / "etc/depmod.d/ext.conf").write_text("search external updates built-in\nexternal * /opt/ext\n")
    return tree


def in_chroot(kmod_tools: Path, root: Path, words: list[str]) -> tuple[str, str, int]:
    """What kmod 34 says on a machine whose `/` is this root."""
    there = root / "reference"
    if not there.exists():
        shutil.copytree(kmod_tools.parent / "root/usr", there, symlinks=True)
    libraries = "/reference/lib/x86_64-linux-gnu"
    linker = [f"{libraries}/ld-linux-x86-64.so.2", "--argv0", words[0], "--library-path", libraries]

    def enter() -> None:
        os.chroot(root)
        os.chdir("/")

    command = [*linker, "/reference/bin/kmod", *words[1:]]
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=enter)
    return done.stdout, done.stderr, done.returncode


@as_root
@pytest.mark.kmod
def test_a_machine_is_to_pymod_what_its_chroot_is_to_kmod(pymod: Run, kmod_tools: Path) -> None:
    """Index files to the byte, dependencies, configuration and paths; pymod's have the root in front."""
    root = Place().root
    tree = furnish(root)
    release = {"modprobe": "-S", "modinfo": "-k"}

    def ours(words: list[str]) -> tuple[str, str, int]:
        output, errors, status = pymod(*words)
        return output.replace(str(root), ""), errors.replace(str(root), ""), status

    results = []
    for ask in (ours, lambda words: in_chroot(kmod_tools, root, words)):
        said = [ask(["depmod", RELEASE])]
        indexes = {name: (tree / name).read_bytes() for name in INDEXES}
        said += [ask([words[0], release[words[0]], RELEASE, *words[1:]]) for words in QUESTIONS]
        results.append((said, indexes))
        for name in INDEXES:
            (tree / name).unlink()
    assert results[0] == results[1]
    said, indexes = results[0]
    assert b"/opt/ext/chain_b.ko" in indexes["modules.dep"]
    assert "insmod /opt/ext/chain_b.ko" in said[1][0]


@pytest.mark.kmod
def test_a_folder_given_with_b_or_d_is_kmods_affair(pymod: Run, kmod_tools: Path, tmp_path: Path) -> None:
    """There absolute paths and links are the host's, as kmod has it."""
    (tmp_path / "host").mkdir()
    other = tmp_path / "other"
    tree = other / "lib/modules" / RELEASE
    tree.mkdir(parents=True)
    external = tmp_path / "external"
    external.mkdir()
    shutil.copy(KO / "chain_c.ko", external)
    shutil.copy(KO / "chain_b.ko", tree)
    shutil.copy(KO / "hello_export.ko", tmp_path / "host")
    (tree / "linked").symlink_to(tmp_path / "host")
    for name in ("modules.order", "modules.builtin", "modules.builtin.modinfo"):
        (tree / name).touch()
    (tmp_path / "depmod.conf").write_text(f"external * {external}\n")
    depmod = ["depmod", "-b", str(other), "-C", str(tmp_path / "depmod.conf"), RELEASE]
    asked = [
        ["modprobe", "-d", str(other), "-S", RELEASE, "-C", "/dev/null", "-D", "chain_b"],
        ["modinfo", "-b", str(other), "-k", RELEASE, "-n", "chain_c", "hello_export"],
    ]
    results = []
    for run in (
        pymod,
        lambda *words: subprocess.run([kmod_tools / words[0], *words[1:]], capture_output=True, text=True, check=True),
    ):
        answers = [run(*words) for words in (depmod, *asked)]
        outputs = [answer[0] if isinstance(answer, tuple) else answer.stdout for answer in answers]
        results.append((outputs, {name: (tree / name).read_bytes() for name in INDEXES}))
    assert results[0] == results[1]
    assert str(external).encode() in results[0][1]["modules.dep"]
    assert f"insmod {external}/chain_c.ko" in results[0][0][1]
