"""kmod's binary indexes: what depmod writes is read back whole; what is damaged is not found, and never a traceback."""

from __future__ import annotations

import os
import re
import struct
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from modtools.errors import FormatError
from modtools.formats import index as index_format
from modtools.formats.index import Index
from modtools.formats.index_write import encode
from modtools.formats.pattern import matches
from modtools.tree.index import ALIAS, BUILTIN, DEP, SYMBOLS, Tree
from tests.beside_kmod import KO, Answer, indexed_debian_tree, side_by_side, tree
from tests.reference import RELEASE

HEADER = struct.pack(">II", 0xB007F457, 0x00020001)
VALUES, CHILDREN = 0x40000000, 0x20000000

ENTRIES = st.dictionaries(
    st.text("ab*?[-]_:\\", min_size=1, max_size=6),
    st.dictionaries(st.integers(0, 5), st.text("xyz", max_size=2), min_size=1, max_size=3),
    max_size=8,
).map(lambda entries: {key: [(at, f"{at}{text}") for at, text in sorted(entries[key].items())] for key in entries})
"""Keys, each with values of different priority, which they begin with."""
Entries = Mapping[str, list[tuple[int, str]]]


def children_first(entries: Entries) -> bytes:
    """An index as depmod wrote it up to kmod 33: children before their parents. No node has a prefix."""
    out = bytearray(HEADER + bytes(4))

    def write(start: str) -> int:
        following = {key[len(start)] for key in entries if key.startswith(start) and key != start}
        references = {char: write(start + char) for char in sorted(following)}
        node = b""
        flags = 0
        if references:
            first, last = ord(min(references)), ord(max(references))
            numbers = [references.get(chr(char), 0) for char in range(first, last + 1)]
            node += struct.pack(f">BB{len(numbers)}I", first, last, *numbers)
            flags |= CHILDREN
        if start in entries:
            values = b"".join(struct.pack(">I", number) + text.encode() + b"\0" for number, text in entries[start])
            node += struct.pack(">I", len(entries[start])) + values
            flags |= VALUES
        at = len(out)
        out.extend(node)
        return at | flags

    struct.pack_into(">I", out, 8, write(""))
    return bytes(out)


def test_a_key_that_is_asked_for_as_a_text_is_found_twice() -> None:
    """kmod goes down a wildcard as such and as a character; so does this, and each value comes twice."""
    assert Index(encode({"fs-*": [(3, "three")], "fs-a": [(1, "one")]})).matching("fs-*") == ["three", "three"]


def test_the_example_of_the_description_can_be_read() -> None:
    """The index that the format's description shows byte by byte says what the description says."""
    rows = re.findall(r"^    [0-9a-f]{2}  ((?:[0-9a-f]{2} +)+)", index_format.__doc__ or "", re.MULTILINE)
    example = Index(bytes.fromhex("".join(rows)))
    assert list(example.items()) == [("ask", "A"), ("ate", "B")]
    assert [example.first(key) for key in ("ask", "ate", "as", "a", "asks", "")] == ["A", "B", None, None, None, None]


@given(entries=ENTRIES)
def test_the_order_of_nodes_means_nothing(entries: Entries) -> None:
    """An index with the children first, as old depmods wrote it, reads as one with the parents first."""
    old, new = Index(children_first(entries)), Index(encode(entries))
    pairs = [(key, text) for key in sorted(entries) for _, text in entries[key]]
    assert list(old.items()) == list(new.items()) == pairs


def _is_found(key: str, text: str) -> bool:
    head = re.split(r"[*?[]", key, maxsplit=1)[0]
    return text.startswith(head) and matches(key[len(head) :], text[len(head) :])


@given(entries=ENTRIES, text=st.text("ab-_:\\", max_size=6))
@example(entries={"\\b": [(0, "0")]}, text="b")
@example(entries={"*\\a": [(0, "0")], "*?b": [(1, "1")], "*[*b]": [(2, "2")]}, text="ab")
@example(entries={"*\\a": [(0, "0")], "*a": [(1, "1")], "*b": [(2, "2")]}, text="ba")
def test_a_text_finds_the_keys_that_match_it(entries: Entries, text: str) -> None:
    """A lookup of a text without wildcards finds what comparing it with each key finds, by priority.

    Before the first wildcard a key is no pattern: a backslash there is one.
    """
    found = Index(encode(entries)).matching(text)
    expected = [value for key in entries if _is_found(key, text) for _, value in entries[key]]
    assert sorted(found) == sorted(expected)
    priorities = [value[0] for value in found]
    assert priorities == sorted(priorities)


@given(entries=ENTRIES, key=st.text("ab*?[-]_:", max_size=6))
def test_a_key_finds_only_itself(entries: Entries, key: str) -> None:
    """A name is looked up literally, and has the value of the lowest priority."""
    assert Index(encode(entries)).first(key) == (entries[key][0][1] if key in entries else None)


@given(entries=ENTRIES, cut=st.integers(0, 200), flips=st.lists(st.tuples(st.integers(0, 200), st.integers(1, 255))))
def test_a_damaged_index_ends_in_an_answer(entries: Entries, cut: int, flips: list[tuple[int, int]]) -> None:
    """Whatever is wrong with an index, a lookup in it gives something, or a FormatError, and comes to an end."""
    data = bytearray(encode(entries))
    del data[max(12, len(data) - cut) :]
    for at, change in flips:
        data[8 + at % (len(data) - 8)] ^= change
    try:
        index = Index(bytes(data))
        index.first("ab")
        index.matching("ab-a")
        list(index.items())
    except FormatError:
        pass


def shared(levels: int) -> bytes:
    """An index in which each node has two children that are one and the same node."""
    out = HEADER + struct.pack(">I", 12 | CHILDREN)
    for level in range(levels):
        reference = 12 + 10 * (level + 1) | (CHILDREN if level + 1 < levels else VALUES)
        out += struct.pack(">BBII", 97, 98, reference, reference)
    return out + struct.pack(">II", 1, 0) + b"x\0"


WITHIN = HEADER + struct.pack(">I", 12 | CHILDREN) + struct.pack(">BBI", 97, 97, 12 | CHILDREN)
"""A node that is its own child."""
WILD_WITHIN = HEADER + struct.pack(">I", 12 | CHILDREN) + struct.pack(">BBI", 42, 42, 12 | CHILDREN)
MANY = HEADER + struct.pack(">I", 12 | CHILDREN | VALUES) + struct.pack(">BBI", 42, 42, 12 | CHILDREN | VALUES)
MANY += struct.pack(">I", 0xFFFFFFFF) + b"\0\0\0\0x\0" * 2000
"""A node within itself that says to have more values than the file."""


@pytest.mark.parametrize("data", [WITHIN, WILD_WITHIN, MANY, shared(60)])
def test_nodes_within_one_another_are_noticed(data: bytes) -> None:
    """A child that is its own parent would make an endless key, children that are shared far too many keys."""
    with pytest.raises(FormatError, match="form a cycle"):
        list(Index(data).items())


@pytest.mark.parametrize("data", [WILD_WITHIN, MANY, shared(60).replace(b"ab", b"*+")])
def test_a_search_in_nodes_within_one_another_ends(data: bytes) -> None:
    """So does a lookup, as far as it goes there at all."""
    with pytest.raises(FormatError, match="form a cycle"):
        Index(data).matching("*+")
    assert Index(data).first("a" * 60) is None


def test_a_node_in_two_places_is_read_in_both() -> None:
    """Where there is an end, a damaged index says what stands there."""
    assert list(Index(shared(2)).items()) == [("aa", "x"), ("ab", "x"), ("ba", "x"), ("bb", "x")]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "0 bytes"),
        (HEADER, "8 bytes"),
        (struct.pack(">III", 0xB007FA57, 0x20001, 0), "magic"),
        (struct.pack(">III", 0xB007F457, 0x30001, 0), "version 3"),
    ],
)
def test_what_is_no_index_is_refused(data: bytes, problem: str) -> None:
    """Another magic number or major version is not read; another minor version is."""
    with pytest.raises(FormatError, match=problem):
        Index(data)
    assert list(Index(struct.pack(">III", 0xB007F457, 0x20063, 0)).items()) == []


def lines(path: Path, *drop: str) -> list[str]:
    """The lines of a text index that are no comments."""
    return [line for line in path.read_text().splitlines() if not line.startswith(("#", *drop))]


def check_tree(folder: Path) -> None:
    """Every pair of the text indexes is in the binary ones, and nothing else."""
    found = Tree(str(folder))
    for index in (ALIAS, SYMBOLS):
        assert sorted(f"alias {key} {value}" for key, value in found.items(index)) == sorted(
            re.sub(r"-(?![^\[]*\])", "_", line) if index == ALIAS else line for line in lines(folder / index)
        )
    for line in lines(folder / DEP):
        name = Path(line.split(":")[0]).name.split(".")[0].replace("-", "_")
        assert found.line(DEP, name) == line
    assert all(found.line(BUILTIN, Path(name).stem.replace("-", "_")) == "" for name in lines(folder / BUILTIN))


@pytest.mark.kmod
def test_the_references_indexes_say_what_its_text_files_say(kmod_tools: Path, tmp_path: Path) -> None:
    """depmod of kmod 34 writes each index twice; both readings are equal, for the modules of the transcripts."""
    check_tree(tree(kmod_tools, tmp_path, sorted(KO.glob("*d*.ko"))) / "lib/modules" / RELEASE)


@pytest.mark.kmod
@pytest.mark.debian
@pytest.mark.slow
def test_a_whole_distributions_indexes_are_read(kmod_tools: Path, debian_tree: Path, tmp_path: Path) -> None:
    """The same for all modules of Debian's kernel."""
    check_tree(indexed_debian_tree(kmod_tools, debian_tree, tmp_path) / "lib/modules" / RELEASE)


@pytest.mark.kmod
@pytest.mark.slow
def test_damaged_references_are_followed_as_far_as_kmod_does(
    kmod_tools: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Each reference led to each other node: where kmod 34 comes to an end, all is printed and found as there."""
    root = tree(kmod_tools, tmp_path, [KO / "hello_export.ko"])
    path = root / "lib/modules" / RELEASE / "modules.alias.bin"
    keys = ("ab", "a*d", "a*de", "b?")
    sound = encode({key: [(at, f"m{at}")] for at, key in enumerate(keys)})
    (tmp_path / "small").mkdir()
    small = tmp_path / "small/modprobe"  # on a whole stack it prints gigabytes before a cycle ends it
    small.write_text(f'#!/bin/sh\nulimit -s 512\nexec "{kmod_tools / "modprobe"}" "$@"\n')
    small.chmod(0o755)
    run = side_by_side(small.parent, capfdbinary)
    nodes = references(sound)
    ends = 0
    for at in [at for at in range(8, len(sound) - 3) if int.from_bytes(sound[at : at + 4], "big") in nodes]:
        for reference in nodes:
            path.write_bytes(sound[:at] + struct.pack(">I", reference) + sound[at + 4 :])
            for words in ("-c",), ("-R", "ab"), ("-R", "a*de"), ("-R", "bx"):
                ours, theirs = run("modprobe", ["-C", os.devnull, "-d", str(root), "-S", RELEASE, *words])
                if theirs.status < 0:
                    assert b"modules.alias.bin: the nodes of the index form a cycle" in ours.errors
                    break
                # Before the indexes stands what the host's own command line says of modules.
                assert _indexes(ours) == _indexes(theirs), (at, reference)
                ends += 1
    assert ends > 100


def _indexes(answer: Answer) -> Answer:
    return answer._replace(output=answer.output.rpartition(b"\n\n")[2])


def references(index: bytes) -> list[int]:
    """All references of a sound index, the root's first."""
    out, waiting = [], [struct.unpack_from(">I", index, 8)[0]]
    while waiting:
        out.append(reference := waiting.pop())
        at = reference & 0x0FFFFFFF
        at = index.index(b"\0", at) + 1 if reference & 0x80000000 else at
        if reference & CHILDREN:
            count = index[at + 1] - index[at] + 1
            waiting += filter(None, struct.unpack_from(f">{count}I", index, at + 2))
    return out
