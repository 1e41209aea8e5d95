"""The checkout itself: what a person who has only cloned it meets."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Mapping
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

import pytest

import modtools
from modtools.module import Module, read_module
from tests.reference import CHECKOUT
from tools import manual


def make(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run make in a folder, as a person there would: without what an outer make hands down."""
    return subprocess.run(
        ["env", "-u", "MAKEFLAGS", "-u", "MAKELEVEL", "-u", "MFLAGS", "make", *words],
        cwd=folder,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("target", ["help", "demo", "test", "check", "bench", "examples", "release"])
def test_make_without_a_target_explains_each_target(target: str) -> None:
    """`make` alone lists every target with what it is for."""
    listing = make(CHECKOUT).stdout
    assert any(line.split()[1:2] == [target] and len(line.split()) > 4 for line in listing.splitlines())


@pytest.mark.parametrize(
    ("script", "advice"),
    [
        ('case "$2" in *ensurepip*) exit 1;; esac', "apt install python3-venv"),
        ('case "$2" in *version_info*) exit 1;; esac; echo Python 3.9.2', "Python 3.9.2 is too old"),
        (None, "is not installed"),
    ],
    ids=["without ensurepip", "too old", "missing"],
)
def test_a_python_that_will_not_do_is_told_with_what_to_do(tmp_path: Path, script: str | None, advice: str) -> None:
    """Where python3 cannot make a virtual environment, make says what is missing and makes nothing."""
    shutil.copy(CHECKOUT / "Makefile", tmp_path)
    (tmp_path / "pyproject.toml").touch()
    python = tmp_path / "python3"
    if script is not None:
        python.write_text(f"#!/bin/sh\n{script}\n")
        python.chmod(0o755)
    result = make(tmp_path, "demo", f"PYTHON={python}")
    assert result.returncode == 2
    assert advice in result.stderr
    assert not (tmp_path / ".venv").exists()


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    """A copy of the examples' sources, in a folder with another path."""
    for path in (CHECKOUT / "examples").iterdir():
        if path.name == "Makefile" or (path.suffix == ".c" and not path.name.endswith(".mod.c")):
            shutil.copy(path, tmp_path)
    return tmp_path


@pytest.mark.headers
def test_the_lessons_modules_are_built_from_their_sources(lesson: Path) -> None:
    """Building the examples again gives the same modules; with the same compiler the same bytes, in any folder."""
    built = make(lesson)
    assert built.returncode == 0, built.stderr
    for name in ("hello_export.ko", "hello_use_export.ko"):
        again, ours = (read_module(folder / name) for folder in (lesson, CHECKOUT / "examples"))
        assert facts(again) == facts(ours)
        if again.elf.read(".comment") == ours.elf.read(".comment"):
            assert (lesson / name).read_bytes() == (CHECKOUT / "examples" / name).read_bytes()


def facts(module: Module) -> tuple[object, ...]:
    """What a kernel goes by when it loads a module."""
    exports = [(export.name, export.crc, export.gpl, export.namespace) for export in module.exports]
    return module.name, module.modinfo, exports, module.imports, module.versions, [row.name for row in module.params]


def test_make_examples_without_headers_names_the_package(lesson: Path) -> None:
    """Where there are no kernel headers, `make examples` says which package has them."""
    result = make(lesson, f"KDIR={lesson}/nothing")
    assert result.returncode == 2
    assert "apt install linux-headers-6.1.0-56-amd64" in result.stderr


PROJECT: Mapping[str, Any] = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is installed, as it is published."""
    folder = tmp_path_factory.mktemp("wheel")
    words = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(words, cwd=CHECKOUT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def metadata(wheel: Path) -> Message:
    """What a wheel says of itself, for an index page."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return message_from_bytes(archive.read(name))


def test_the_manual_pages_are_installed(wheel: Path) -> None:
    """A wheel has them where man(1) looks, beside the command."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    there = {name.rpartition("/")[2] for name in names if ".data/data/share/man/man1/" in name}
    assert there == {path.name for path in manual.FOLDER.glob("*.1")}


def test_the_index_page_is_the_readme_with_places_for_links(metadata: Message) -> None:
    """Its words are there, all of them; each link into the checkout is the place of a file instead."""
    page = metadata.get_payload(decode=True)
    assert isinstance(page, bytes)
    text, readme = page.decode(), (CHECKOUT / "README.md").read_text("utf-8")
    links = re.findall(r"\[([^\]]*)\]\((?!https://)([^)]*)\)", readme)
    assert links
    assert not re.findall(r"\]\((?!https://)", text)
    for words, place in links:
        readme = readme.replace(f"[{words}]({place})", f"`{place}`" if words == place else f"{words} (`{place}`)")
    assert text.strip() == readme.strip()


def test_a_wheel_has_all_of_the_package_and_nothing_else(wheel: Path) -> None:
    """Every file of modtools is in it, tables and profiles too; maintainers' tools and tests are not."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    listed = subprocess.run(["git", "ls-files", "modtools"], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a checkout of git")
    assert names >= {*listed.stdout.splitlines()}
    others = {name.split("/")[0] for name in names} - {"modtools"}
    assert others == {f"pymod_linux-{modtools.__version__}.{kind}" for kind in ("data", "dist-info")}


def test_the_last_release_is_in_the_changelog() -> None:
    """The version that pymod says it is has the topmost section with a date."""
    dated = re.findall(r"^## \[([\d.]+)\] - \d{4}-\d\d-\d\d$", (CHECKOUT / "CHANGELOG.md").read_text("utf-8"), re.M)
    assert dated[0] == modtools.__version__


def test_it_is_published_under_a_name_of_its_own(metadata: Message) -> None:
    """It is published as pymod-linux; the command is pymod, and the import modtools."""
    assert metadata["Name"] == PROJECT["name"] == "pymod-linux"
    assert PROJECT["scripts"].keys() == {"pymod"}


def test_nobody_is_told_to_install_somebody_elses_pymod() -> None:
    """What is named pymod on the Python package index is another program: no text has an installer fetch it."""
    told = re.compile(r"\b(?:pipx?|uv\w*|pip3) +(?:tool +|pip +)?(?:install|run|inject|add|download)\b[^\n`)]*")
    asked = {}
    for path in filter(Path.is_file, CHECKOUT.rglob("*")):
        inside = path.relative_to(CHECKOUT).parts
        if not inside[0].startswith(".") and path.suffix in {".py", ".md", ".toml", ".sh", ".1", ""}:
            for order in told.findall(path.read_text("utf-8", "replace")):
                asked[order] = path
    assert any("pymod-linux" in order for order in asked)
    assert not [order for order in asked if re.search(r"\b(?:pymod|modtools)\b(?!-linux)", order)]
