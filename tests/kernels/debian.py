"""Debian's kernel packages: which there are for an architecture, and fetching those of one kernel.

Needs apt-get, dpkg-deb and Debian's archive keys; no root. Nothing is installed, and what this machine has does not
count.
"""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tests.reference import CHECKOUT

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
SUITES = (
    ("debian", "bookworm"),
    ("debian-security", "bookworm-security"),
    ("debian", "bookworm-backports"),
    ("debian", "trixie"),
    ("debian-security", "trixie-security"),
    ("debian", "trixie-backports"),
    ("debian", "forky"),
    ("debian", "sid"),
)
ARCHITECTURES = ("amd64", "arm64", "armhf", "s390x", "riscv64", "ppc64el", "i386")

_IMAGE = re.compile(r"linux-image-(\d+\.\d+\.\d+(?:-\d+|\+[^-]+)?)-(.+?)(-unsigned)?\Z")
_LEFT_OUT = ("dbg", "template", "common")


class Kernel(NamedTuple):
    """A kernel of the archive; `packages` hold its image and its modules, `headers` is empty where there are none."""

    architecture: str
    release: str
    packages: tuple[str, ...]
    headers: str

    @property
    def name(self) -> str:
        """How a person names it."""
        return f"{self.architecture}/{self.release}"


@dataclass(frozen=True)
class Archive:
    """What Debian has for one architecture; `folder` keeps the lists of packages."""

    architecture: str
    folder: Path

    def update(self) -> None:
        """Fetch the lists of those suites that have this architecture."""
        for name in ("lists/partial", "archives/partial"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        options = f"signed-by={KEYRING} arch={self.architecture}"
        lines = [f"deb [{options}] {_mirror(archive)} {suite} main\n" for archive, suite in SUITES]
        (self.folder / "sources.list").write_text("".join(lines))
        try:
            self._run("apt-get", "update")
        except subprocess.CalledProcessError as error:  # what could be fetched is there
            print(error.stderr, file=sys.stderr)

    def kernels(self) -> list[Kernel]:
        """The newest kernel of each series and flavour, one with headers before one without, as "6.12-cloud-amd64"."""
        names = set(self._run("apt-cache", "pkgnames", "linux-").split())
        found: dict[tuple[str, str], tuple[tuple[bool, list[int]], Kernel]] = {}
        for name in sorted(names):
            match = _IMAGE.match(name)
            if not match or any(word in name.split("-") for word in _LEFT_OUT):
                continue
            version, flavour, _ = match.groups()
            kernel = self._kernel(f"{version}-{flavour}", name, names)
            numbers = [int(number) for number in re.findall(r"\d+", version)]
            series = ".".join(map(str, numbers[:2])) + version.partition("+")[2].partition(".")[0]
            key, order = (series, flavour), (bool(kernel.headers), numbers)
            if key not in found or order > found[key][0]:
                found[key] = order, kernel
        return [kernel for _, kernel in sorted(found.values(), key=lambda pair: (pair[0][1], pair[1].release))]

    def _kernel(self, release: str, image: str, names: set[str]) -> Kernel:
        binary = next(
            (name for name in (f"linux-binary-{release}", f"linux-binary-unsigned-{release}") if name in names), ""
        )
        parts = (binary, f"linux-modules-{release}", f"linux-base-{release}") if binary else (image,)
        headers = f"linux-headers-{release}"
        return Kernel(self.architecture, release, parts, headers if headers in names else "")

    def fetch(self, packages: tuple[str, ...], folder: Path) -> list[Path]:
        """Fetch packages into a folder that has no others, unless they are there; returns their files.

        Raises CalledProcessError.
        """
        folder.mkdir(parents=True, exist_ok=True)
        if not all(any(folder.glob(f"{package}_*.deb")) for package in packages):
            self._run("apt-get", "download", *packages, folder=folder)
        return [next(folder.glob(f"{package}_*.deb")) for package in packages]

    def _run(self, command: str, *words: str, folder: Path | None = None) -> str:
        user = subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()
        settings = {
            "APT::Architecture": self.architecture,
            "APT::Architectures": self.architecture,
            "APT::Sandbox::User": user,
            "Dir::State::Lists": f"{self.folder}/lists",
            "Dir::State::Status": "/dev/null",
            "Dir::Cache": str(self.folder),
            "Dir::Etc::SourceList": f"{self.folder}/sources.list",
            "Dir::Etc::SourceParts": "/dev/null",
        }
        options = [word for name, value in settings.items() for word in ("-o", f"{name}={value}")]
        call = [command, "-q", *options, *words]
        return str(subprocess.run(call, capture_output=True, text=True, check=True, cwd=folder).stdout)


def unpack(packages: list[Path], folder: Path) -> None:
    """Unpack packages below a folder, in which /lib is /usr/lib. Raises CalledProcessError."""
    (folder / "usr/lib").mkdir(parents=True)
    (folder / "lib").symlink_to("usr/lib")
    for package in packages:
        archive = subprocess.Popen(["dpkg-deb", "--fsys-tarfile", package], stdout=subprocess.PIPE)
        subprocess.run(["tar", "-x", "--keep-directory-symlink", "-C", folder], stdin=archive.stdout, check=True)
        if archive.wait():
            raise subprocess.CalledProcessError(archive.returncode, archive.args)


def _mirror(archive: str) -> str:
    script = str(CHECKOUT / "tests/reference/debian-packages")
    call = ["bash", "-c", '. "$0"; mirror "$1"', script, archive]
    return subprocess.run(call, capture_output=True, text=True, check=True).stdout.strip()
