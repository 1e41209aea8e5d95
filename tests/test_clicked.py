"""pymod is a click Group, and the tools of kmod, which are run without click, read their words as it would."""

from __future__ import annotations

import re

import click
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from modtools import cli
from modtools.clicked import Misused, ToolCommand, pymod
from modtools.command import Tool
from modtools.getopt import BadUsage
from modtools.shared import static_nodes
from modtools.tools import KMOD_TOOLS, TOOLS, load

TEXTS = st.text(st.characters(blacklist_characters="\0", blacklist_categories=["Cs"]), min_size=1, max_size=5)
WIDTH = 78
"""What click leaves of a terminal of 80 columns."""
FAST: dict[str, Tool] = {**{name: load(name) for name in KMOD_TOOLS}, "static-nodes": static_nodes.tool}


@pytest.mark.parametrize("name", FAST)
@given(data=st.data())
def test_values_are_clicks(name: str, data: st.DataObject) -> None:
    """Whatever options and operands there are, in whatever order and however often."""
    tool, command = FAST[name], ToolCommand(name, FAST[name])
    names = [opt for option in tool.options(linked=False) if not option.ends for opt in option.opts]
    words = data.draw(st.lists(st.one_of(st.sampled_from(names), TEXTS), max_size=8))
    try:
        line = tool.read(words)
    except BadUsage as error:
        with pytest.raises(Misused, match=f"^{re.escape(str(error))}$"):
            command.make_context(name, words)
    else:
        if not line.stopped:
            assert tool.values(line) == command.make_context(name, words).params


@pytest.mark.parametrize("name", sorted(TOOLS.keys() - set(KMOD_TOOLS)))
@given(data=st.data())
def test_words_that_click_need_not_see_are_right(name: str, data: st.DataObject) -> None:
    """With what is read without click nothing is wrong, and it has the values that click gives it."""
    tool, command = load(name), ToolCommand(name, load(name))
    options = [option for option in tool.options(linked=False) if not option.ends]
    said = [kind for option in options if isinstance(option.type, tuple) for kind in option.type]
    names = [opt for option in options for opt in option.opts] or ["--nonsense"]
    words = data.draw(st.lists(st.one_of(st.sampled_from(names), st.sampled_from([".", __file__, *said]), TEXTS)))
    line = tool.plain(words)
    if line is not None:
        assert tool.values(line) == command.make_context(name, words).params


@pytest.mark.parametrize("words", [[".", "--format", "json"], ["-j", "2", "--tree", ".", "a.ko", "--args=a=1"]])
def test_check_is_read_without_click(words: list[str]) -> None:
    """What CI runs does not pay for click."""
    assert load("check").plain(words) is not None


@pytest.mark.parametrize(
    "words", [[".", "--help"], [".", "--format", "jason"], [".", "--nonsense"], [".", "--tree", "missing"]]
)
def test_click_sees_what_is_wrong(words: list[str]) -> None:
    """And whoever asks for help."""
    assert load("check").plain(words) is None


@pytest.mark.parametrize("name", TOOLS)
def test_every_tool_is_a_command_of_the_group(name: str) -> None:
    """Whoever asks click gets each tool by its name, with its options, operands and help."""
    assert name in pymod.list_commands(click.Context(pymod))
    command = pymod.get_command(click.Context(pymod), name)
    assert isinstance(command, click.Command)
    assert {str(param.name) for param in command.params} == {param.key for param in load(name).params}
    assert command.short_help == TOOLS[name]


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["--version"],
        ["help", "insmod"],
        ["lsmod"],
        ["lsmod", "--json"],
        ["lsmod", "-V"],
        ["lsmod", "too", "many"],
        ["lsmod", "--nonsense"],
        ["insmod", "missing.ko"],
        ["uname", "-r"],
        ["--state", "other.json", "status", "--json"],
        ["boot", "--like", "missing.ko"],
        ["completion", "tcsh"],
        ["lsmid"],
        ["--nonsense"],
        [],
    ],
    ids=" ".join,
)
def test_click_runs_what_the_command_runs(words: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    """CliRunner has the output or the message, and the exit status, of the command, also of kmod's tools."""
    status = cli.main(["pymod", *words])
    output, errors = capfd.readouterr()
    result = CliRunner().invoke(pymod, words, prog_name="pymod", terminal_width=WIDTH)
    assert not (output and errors)
    assert (result.output, result.exit_code) == (output + errors, status)
