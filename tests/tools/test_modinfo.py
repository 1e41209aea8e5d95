"""modinfo beside kmod 34's: the same bytes, complaints and exit status for every kind of file and name."""

from __future__ import annotations

import json
import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from modtools import cli
from modtools.formats.elf import ElfFile
from modtools.formats.signature import MARKER
from tests.beside_kmod import KO, Both, indexed_debian_tree, side_by_side, tree
from tests.reference import RELEASE
from tests.running import runner
from tests.samples import SAMPLES

ABORTING = {"bad_shstrndx.ko", "bad_shstrndx_zero.ko", "bad_shnum_zero.ko"}
"""Files on which kmod ends by abort()."""
BUILTIN = "".join(
    f"{line}\0"
    for line in (
        "built.alias=fs-built",
        "built.license=GPL",
        "built.parm=x:an x",
        "built.parmtype=x:int",
        "other.license=MIT",
        "built.late=not seen",
    )
)


@pytest.fixture
def both(kmod_tools: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Both:
    """Runs pymod and kmod (marker kmod)."""
    return side_by_side(kmod_tools, capfdbinary)


@pytest.fixture(scope="module")
def root(kmod_tools: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root with a module tree."""
    place = tmp_path_factory.mktemp("root")
    files = [
        KO / f"{name}.ko" for name in ("ver_mod", "parm_doc", "dash-name", "chain_a", "chain_b", "chain_c", "devtable")
    ]
    folder = tree(kmod_tools, place, files) / "lib/modules" / RELEASE
    (folder / "modules.builtin").write_text("kernel/fs/built.ko\nkernel/fs/chain_c.ko\nkernel/silent-one.ko\n")
    (folder / "modules.builtin.modinfo").write_text(BUILTIN)
    subprocess.run([str(kmod_tools / "depmod"), "-b", str(place), RELEASE], check=True)
    return place


@pytest.mark.kmod
@pytest.mark.parametrize("words", [[], ["-0"], ["-p"], ["-F", "alias"], ["-n"]], ids=" ".join)
def test_files_of_every_kind(words: list[str], both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of all classes and byte orders, compressed and damaged ones (without those that abort kmod)."""
    monkeypatch.chdir(KO)
    files = [path for path in sorted((*KO.rglob("*.ko*"), *SAMPLES)) if path.name not in ABORTING]
    assert len(files) > 150
    ours, theirs = both("modinfo", [*words, *(str(file) for file in files)])
    assert ours == theirs


@pytest.mark.kmod
@pytest.mark.parametrize("name", sorted(ABORTING))
def test_kmods_own_end(name: str, kmod_tools: Path) -> None:
    """Where an assertion of kmod's fails, pymod says the same, prints as little, and dies of the same signal."""
    command = "import sys; sys.argv[0] = 'modinfo'; from modtools.cli import main; main()"
    words = [str(KO / "hello_export.ko"), str(KO / "bad" / name)]
    ours = subprocess.run([sys.executable, "-c", command, *words], capture_output=True)
    theirs = subprocess.run([str(kmod_tools / "modinfo"), *words], capture_output=True)
    assert (ours.stdout, ours.stderr, ours.returncode) == (theirs.stdout, theirs.stderr, theirs.returncode)


NAMES = [
    ["ver_mod"],
    ["dash-name", "dash_name", "Dash"],
    ["ver-mod-alias"],
    ["usb:v0BDAp8152d0200dc00dsc00dp00icFFiscFFip00in00"],
    ["built"],
    ["fs-built"],
    ["chain_c"],
    ["silent-one"],
    ["other"],
    ["chain_b", "nosuch", "chain_a"],
    ["[a", "a]", ""],
    ["symbol:chain_c_fn"],
    ["chain_a.ko"],
    ["/etc/passwd", "."],
]


@pytest.mark.kmod
@pytest.mark.parametrize("names", NAMES, ids=" ".join)
@pytest.mark.parametrize(
    "words", [[], ["-m"], ["-n"], ["-F", "name"], ["-0"], ["-p"], ["-a", "-F", "license"], ["-F", ""]], ids=" ".join
)
def test_names(words: list[str], names: list[str], root: Path, both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names, aliases, and modules that are compiled in, from a tree under another root."""
    monkeypatch.chdir(root)
    ours, theirs = both("modinfo", ["-b", str(root), "-k", RELEASE, *words, *names])
    assert ours == theirs


@pytest.mark.kmod
@pytest.mark.parametrize(
    "words",
    [
        ["-b", ".", "-k", RELEASE],
        ["-b", "", "-k", RELEASE],
        ["-k", "9.9"],
        ["-k", ""],
        ["--basedir=/nowhere", "--set-vers", RELEASE],
    ],
    ids=" ".join,
)
def test_roots(words: list[str], root: Path, both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    """A root that is relative, empty, or not there; paths are made absolute but not tidied up."""
    monkeypatch.chdir(root)
    monkeypatch.setenv("PWD", str(root))
    monkeypatch.setenv("PYMOD_ROOT", "/")
    for more in (["chain_a"], ["./lib/../lib/modules/6.1.0-56-amd64/extra/chain_a.ko"]):
        ours, theirs = both("modinfo", [*words, *more])
        assert ours == theirs


def signed(signature: bytes, **fields: int) -> bytes:
    """A module with something at its end that claims to be its signature."""
    values = {"algo": 0, "hash": 0, "id_type": 2, "signer_len": 0, "key_id_len": 0, "sig_len": len(signature)} | fields
    trailer = struct.pack(">5B3xI", *values.values())
    return (KO / "hello_export.ko").read_bytes() + signature + trailer + MARKER


def name(*pairs: tuple[str, bytes]) -> bytes:
    """A distinguished name."""
    return der(0x30, *(der(0x31, der(0x30, der(6, bytes.fromhex(oid)), der(12, text))) for oid, text in pairs))


def der(tag: int, *contents: bytes) -> bytes:
    """A DER value."""
    content = b"".join(contents)
    size = len(content)
    return bytes([tag, size] if size < 128 else [tag, 0x82, size >> 8, size & 255]) + content


def pkcs7(issuer: bytes, serial: bytes = b"\1", signer: bytes | None = None, tail: bytes = b"") -> bytes:
    """A PKCS#7 message with one signature by SHA-256 and RSA."""
    sha256 = der(0x30, der(6, bytes.fromhex("608648016503040201")), der(5))
    who = der(0x30, issuer, der(2, serial)) if signer is None else signer
    rsa = der(0x30, der(6, bytes.fromhex("2a864886f70d010101")), der(5))
    info = der(0x30, der(2, b"\1"), who, sha256, rsa, der(4, bytes(range(45))))
    data = der(0x30, der(6, bytes.fromhex("2a864886f70d010701")))
    content = der(0x30, der(2, b"\1"), der(0x31, sha256), data, der(0x31, info))
    return der(0x30, der(6, bytes.fromhex("2a864886f70d010702")), der(0xA0, content)) + tail


COMMON, ORGANIZATION = "550403", "55040a"
SIGNED = {
    "usual": signed(pkcs7(name((ORGANIZATION, b"Org"), (COMMON, b"Common name")))),
    "no common name": signed(pkcs7(name((ORGANIZATION, b"Org"), ("55040b", b"Unit")))),
    "two common names": signed(pkcs7(name((COMMON, b"first"), (COMMON, b"second"), (ORGANIZATION, b"Org")))),
    "no name": signed(pkcs7(name())),
    "more in the name than C sees": signed(pkcs7(name((COMMON, b"a\xc3\xa9\0hidden")))),
    "a name that is not UTF-8": signed(pkcs7(name((COMMON, b"a\xff"), (ORGANIZATION, b"Org")))),
    "another name that is not UTF-8": signed(pkcs7(name((COMMON, b"x"), (ORGANIZATION, b"\xc3")))),
    "large serial": signed(pkcs7(name((COMMON, b"x")), bytes(range(128, 150)))),
    "negative serial": signed(pkcs7(name((COMMON, b"x")), b"\x80\1")),
    "zero serial": signed(pkcs7(name((COMMON, b"x")), b"\0")),
    "key identifier": signed(pkcs7(b"", signer=der(0x80, b"12345678"))),
    "bytes after the message": signed(pkcs7(name((COMMON, b"x")), tail=b"more")),
    "no message": signed(b"no message at all"),
    "half a message": signed(pkcs7(name((COMMON, b"x")))[:60]),
    "old kind": signed(b"SIGNATURE", id_type=1, algo=1, hash=4, sig_len=9),
    "old kind with signer": signed(b"Some signer:KEYIDSIGNATURE", id_type=0, signer_len=12, key_id_len=5, sig_len=9),
    "unknown algorithm": signed(b"SIGNATURE", id_type=1, algo=2),
    "unknown hash": signed(b"SIGNATURE", id_type=1, hash=9),
    "unknown kind": signed(b"SIGNATURE", id_type=3),
    "no length": signed(b"SIGNATURE", sig_len=0),
    "too long": signed(b"SIGNATURE", sig_len=1 << 30),
    "marker alone": (KO / "hello_export.ko").read_bytes() + MARKER,
}


@pytest.mark.kmod
@pytest.mark.parametrize("case", SIGNED)
def test_signatures(case: str, both: Both, tmp_path: Path) -> None:
    """What the end of a file says of a signature, or fails to say."""
    (tmp_path / "signed.ko").write_bytes(SIGNED[case])
    ours, theirs = both("modinfo", [str(tmp_path / "signed.ko")])
    assert ours == theirs


def with_modinfo(content: bytes) -> bytes:
    """A module with this in .modinfo, which begins where the old one does."""
    data = bytearray((KO / "parm_doc.ko").read_bytes())
    section = ElfFile.open(bytes(data)).section(".modinfo")
    assert section
    assert len(content) <= section.size
    data[section.offset : section.offset + section.size] = content.ljust(section.size, b"\0")
    return bytes(data)


MODINFO = {
    "zeros in front and between": b"\0\0a=1\0\0\0b=2\0",
    "no equals sign": b"alone\0a=b=c\0=empty key\0",
    "nothing": b"",
    "one byte": b"x",
    "long key": b"averyveryverylongkeyindeed=1\0exactlyfifteen1=2\0",
    "not UTF-8": b"author=\xff\xfe\0description=\xc3\xa9t\xc3\xa9\0k\xc3\xa9y=1\0",
    "parameters": b"parm=no colon\0parmtype=a:int\0parm=b:\0parm=a:one\0parm=a:two\0parmtype=c:\0parmtype=nocolon\0",
    "lines": b"description=one\ntwo\0",
}


@pytest.mark.kmod
@pytest.mark.parametrize("case", MODINFO)
@pytest.mark.parametrize("words", [[], ["-0"], ["-p"], ["-F", "alone"]], ids=" ".join)
def test_modinfo_sections(case: str, words: list[str], both: Both, tmp_path: Path) -> None:
    """Whatever is in the section .modinfo."""
    (tmp_path / "odd.ko").write_bytes(with_modinfo(MODINFO[case]))
    ours, theirs = both("modinfo", [*words, str(tmp_path / "odd.ko")])
    assert ours == theirs


@pytest.mark.kmod
@pytest.mark.parametrize("content", [b"nodot\0", b"a.x=1\0\0b.y=2\0", b"", b"built.x=1", b"a.b=1\0built.x"], ids=repr)
def test_damaged_lists_of_builtin_modules(
    content: bytes, root: Path, both: Both, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """modules.builtin.modinfo that is not as it should be."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(root, tmp_path / "r")
    (tmp_path / "r/lib/modules" / RELEASE / "modules.builtin.modinfo").write_bytes(content)
    ours, theirs = both("modinfo", ["-b", str(tmp_path / "r"), "-k", RELEASE, "built"])
    assert ours == theirs


@pytest.mark.kmod
@pytest.mark.debian
@pytest.mark.slow
@pytest.mark.parametrize("words", [[], ["-p", "-0"]], ids=" ".join)
def test_a_whole_distribution(
    words: list[str], both: Both, kmod_tools: Path, debian_tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every module of Debian's kernel, each by its file and by its name."""
    monkeypatch.chdir(tmp_path)
    place = indexed_debian_tree(kmod_tools, debian_tree, tmp_path)
    files = sorted(place.rglob("*.ko"))
    assert len(files) > 4000
    ours, theirs = both("modinfo", [*words, *(str(file.relative_to(tmp_path)) for file in files)])
    assert ours == theirs
    names = [file.stem for file in files]
    ours, theirs = both("modinfo", ["-b", ".", "-k", RELEASE, "-n", *names])
    assert ours == theirs


def test_json_has_all_fields(capfd: pytest.CaptureFixture[str]) -> None:
    """--json gives each module with its fields in their order, and the errors."""
    pymod = runner(capfd)
    output, _, status = pymod("modinfo", "--json", str(KO / "ver_mod.ko"), "nosuch")
    document = json.loads(output)
    assert (document["tool"], document["exit_status"], status) == ("modinfo", 1, 1)
    (module,) = document["modules"]
    assert module["name"] == "ver_mod"
    assert [field["value"] for field in module["fields"] if field["key"] == "firmware"] == [
        "oracle/fw-2.bin",
        "oracle/fw-1.bin",
    ]
    assert document["messages"] == [{"level": "error", "text": "Module nosuch not found."}]


def test_the_machines_own_tree(machine_tree: Callable[..., Path], capfd: pytest.CaptureFixture[str]) -> None:
    """Without options the tree is that of the machine's root and kernel, and a path is one that can be opened."""
    folder = machine_tree("hello_export")
    output, _, status = runner(capfd)("modinfo", "-n", "hello_export")
    assert (output, status) == (f"{folder}/extra/hello_export.ko\n", 0)


@pytest.fixture
def machine_tree() -> Callable[..., Path]:
    """Puts modules into the tree of the test's own machine, and indexes it."""

    def fill(*names: str) -> Path:
        folder = Path(os.environ["PYMOD_ROOT"], "lib/modules", RELEASE)
        (folder / "extra").mkdir(parents=True)
        for each in names:
            shutil.copy(KO / f"{each}.ko", folder / "extra")
        assert cli.main(["pymod", "depmod", "-b", os.environ["PYMOD_ROOT"], RELEASE]) == 0
        return folder

    return fill
