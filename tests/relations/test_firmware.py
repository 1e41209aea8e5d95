"""Which files a module's word for firmware means, and the links that lead to them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from modtools.relations.firmware import FirmwareFolders
from modtools.relations.links import Folder
from modtools.rooted import HOST, Host, Rooted

RELEASE = "6.1.0"

Found = list[tuple[list[tuple[str, str]], str]]
"""For each file the links that lead to it, each with its target, and its path."""


@pytest.fixture(params=["host", "rooted"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Host:
    """A disk: the host's, or that of a machine below the folder."""
    return HOST if request.param == "host" else Rooted(str(tmp_path))


Find = Callable[[str], Found]


@pytest.fixture
def find(disk: Host, tmp_path: Path) -> Find:
    """Look firmware up below the folder; paths without it, and without /lib/firmware."""

    def shown(path: str) -> str:
        return path.removeprefix(str(tmp_path)).removeprefix("/lib/firmware/")

    def run(name: str) -> Found:
        ways = FirmwareFolders(disk, str(tmp_path), RELEASE, "/own").find(name)
        return [([(shown(link.path), link.target) for link in way.links], shown(way.path)) for way in ways]

    return run


def files(folder: Path, *names: str) -> None:
    """Empty files by their paths below /lib/firmware, or with a slash in front below the folder."""
    for name in names:
        path = folder / (name[1:] if name.startswith("/") else f"lib/firmware/{name}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def link(folder: Path, name: str, target: str) -> None:
    """A link below /lib/firmware."""
    path = folder / "lib/firmware" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)


def test_the_kernels_order_of_folders_decides(find: Find, tmp_path: Path) -> None:
    """A folder of the command line, then updates for the release, updates, those for the release, and all others."""
    places = ["a.bin", f"{RELEASE}/a.bin", "updates/a.bin", f"updates/{RELEASE}/a.bin", "/own/a.bin"]
    assert find("a.bin") == []
    for place in places:
        files(tmp_path, place)
        assert find("a.bin") == [([], place)]


def test_a_packed_file_counts_where_no_plain_one_is(find: Find, tmp_path: Path) -> None:
    """Packed with xz, sooner with zstd, and a plain file soonest, even one in a later folder."""
    for place in ("updates/a.bin.xz", "updates/a.bin.zst", "a.bin"):
        files(tmp_path, place)
        assert find("a.bin") == [([], place)]


def test_a_pattern_finds_each_file_once(find: Find, tmp_path: Path) -> None:
    """Of the same file plain and packed one counts; neither folders nor hidden files match an asterisk."""
    files(tmp_path, "b/x1-a.bin", "b/x1-a.bin.xz", "b/x2-a.bin.zst", "b/x3-a.txt", "b/.x4-a.bin", "b/x5-a.bin/inside")
    assert find("b/x*-a.bin") == [([], "b/x1-a.bin"), ([], "b/x2-a.bin.zst")]
    assert find("b/x*") == [([], "b/x1-a.bin"), ([], "b/x2-a.bin.zst"), ([], "b/x3-a.txt")]
    assert find("?/x[23]*") == [([], "b/x2-a.bin.zst"), ([], "b/x3-a.txt")]
    assert find("b/.x*") == [([], "b/.x4-a.bin")]
    assert find("c/*") == []


def test_a_name_may_look_like_a_pattern(find: Find, tmp_path: Path) -> None:
    """A file that is named just so is found."""
    files(tmp_path, "a[1].bin", "a1.bin")
    assert find("a[1].bin") == [([], "a1.bin"), ([], "a[1].bin")]


def test_links_are_followed_and_listed(find: Find, tmp_path: Path) -> None:
    """Links to files and of folders on the way, one after another, each with its target."""
    files(tmp_path, "nvidia/ga102/gsp/x.bin")
    link(tmp_path, "nvidia/ga103", "ga102")
    link(tmp_path, "deep/first.bin", "../second.bin")
    link(tmp_path, "second.bin", "nvidia/ga103/./gsp//x.bin")
    assert find("nvidia/ga103/gsp/x.bin") == [([("nvidia/ga103", "ga102")], "nvidia/ga102/gsp/x.bin")]
    links = [
        ("deep/first.bin", "../second.bin"),
        ("second.bin", "nvidia/ga103/./gsp//x.bin"),
        ("nvidia/ga103", "ga102"),
    ]
    assert find("deep/first.bin") == [(links, "nvidia/ga102/gsp/x.bin")]
    assert find("deep/*.bin") == find("deep/first.bin")


def test_a_link_leads_to_a_place_in_the_machine(find: Find, tmp_path: Path) -> None:
    """An absolute one begins at the machine's root, and none leads out of that."""
    files(tmp_path, "/etc/fw.bin")
    link(tmp_path, "a.bin", "/etc/fw.bin")
    link(tmp_path, "b.bin", "../../../../../../../../../../etc/fw.bin")
    assert find("a.bin")[0][1] == find("b.bin")[0][1] == "/etc/fw.bin"


def test_a_link_that_leads_nowhere_is_no_firmware(find: Find, tmp_path: Path) -> None:
    """Then the kernel looks on; so it does past folders, and links in a circle."""
    link(tmp_path, "updates/a.bin", "nowhere")
    link(tmp_path, "b.bin", "c.bin")
    link(tmp_path, "c.bin", "b.bin")
    files(tmp_path, "a.bin.xz", "d.bin/x")
    assert find("a.bin") == [([], "a.bin.xz")]
    assert find("b.bin") == find("d.bin") == find("a.bin/x") == find("../../../etc/none") == []


def test_a_folder_may_be_reached_by_links(disk: Host, tmp_path: Path) -> None:
    """Links above the folder do not count: /lib is one on most systems, and files in it are shown below it."""
    files(tmp_path, "/usr/lib/firmware/a.bin", "/usr/share/b.bin")
    (tmp_path / "lib").symlink_to("usr/lib")
    link(tmp_path, "c.bin", "../../share/b.bin")
    folder = Folder(f"{tmp_path}/lib/firmware", str(tmp_path), disk)
    assert folder.trail("a.bin").path == f"{tmp_path}/lib/firmware/a.bin"
    assert folder.trail("c.bin").path == f"{tmp_path}/usr/share/b.bin"
    assert [found.path for found in folder.trail("c.bin").links] == [f"{tmp_path}/lib/firmware/c.bin"]
