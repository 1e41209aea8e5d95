"""The kernel log, beside a list of lines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from modtools.kernel.log import BUFFER_SIZE, Log, Record, raw_lines
from tests.properties import examples

LIMIT = 8
"""Bytes that a message may have here."""
steps = st.lists(
    st.one_of(
        st.tuples(st.just("printk"), st.text("aé\n", max_size=6), st.booleans()),
        st.tuples(st.just("note"), st.text("xy", max_size=3), st.booleans()),
        st.tuples(st.just("clear"), st.just(""), st.booleans()),
    ),
    max_size=12,
)


@examples(100)
@given(steps)
def test_messages_and_what_goes_on_with_them(plan: list[tuple[str, str, bool]]) -> None:
    """A message without a newline is open until another one comes, goes on with KERN_CONT, and cannot be read; a note
    comes before it. What is beyond the limit is cut off, and a newline with it.
    """
    log, lines, is_open, gone = Log(), list[str](), False, 0
    for time, (kind, text, cont) in enumerate(plan):
        if kind == "printk":
            cut = text.encode()[:LIMIT]
            shown = cut.removesuffix(b"\n").decode("utf-8", "surrogateescape")
            if cont and is_open:
                lines[-1] += shown
            else:
                lines.append(shown)
            is_open = not cut.endswith(b"\n")
            log.printk(6, text, time, LIMIT, cont=cont, facility=1)
        elif kind == "note":
            lines.insert(len(lines) - is_open, text)
            log.note(4, text, time)
        else:
            gone += len(lines) - is_open
            lines = lines[-1:] if is_open else []
            log.clear()
        assert [record.text for record in log.records] == lines
        assert [record.text for record in log.readable()] == (lines[:-1] if is_open else lines)
        assert (log.open, log.first) == (is_open, gone)


def test_old_records_go_when_the_buffer_is_full() -> None:
    """As many as needed, but never the last one; what is there counts when a log is read in, taken or cleared."""
    half = "x" * (BUFFER_SIZE // 2)
    log = Log([Record(6, 0, half)])
    log.printk(6, half + "\n", 1, BUFFER_SIZE)
    assert (len(log.records), log.first) == (2, 0)
    log.printk(6, "y\n", 2, BUFFER_SIZE)
    assert ([record.text[0] for record in log.records], log.first) == (["x", "y"], 1)
    log.note(6, half, 3)
    assert ([record.time for record in log.records], log.first) == ([2, 3], 2)
    log.printk(6, 2 * half + "zz\n", 4, 2 * BUFFER_SIZE)
    assert ([record.time for record in log.records], log.first) == ([4], 4)
    log.clear()
    assert (log.records, log.first) == ([], 5)
    log.printk(6, half + "\n", 5, BUFFER_SIZE)
    log.printk(6, half + "\n", 6, BUFFER_SIZE)
    assert [record.time for record in log.records] == [5, 6]


def test_records_of_another_process_are_taken() -> None:
    """Those from a number on take the place of what is there, and those before another number go."""
    log = Log([Record(6, time, str(time)) for time in range(4)], first=10)
    log.take(12, [Record(6, 9, "nine")], still_open=True, first=11)
    assert ([record.time for record in log.records], log.first, log.open) == ([1, 9], 11, True)
    log.take(5, [Record(6, 8, "eight")], still_open=False, first=11)
    assert ([record.time for record in log.records], log.open) == ([8], False)


def test_lines_with_their_levels() -> None:
    """Each line of a record has the number of facility and level."""
    records = [Record(4, 0, "a\nb"), Record(6, 0, "c", facility=1), Record(7, 0, "", facility=3)]
    assert list(raw_lines(records)) == ["<4>a", "<4>b", "<14>c", "<31>"]
