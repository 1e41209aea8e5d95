"""Command lines of kmod's tools are read without click, and come out as click would have them."""

from __future__ import annotations

import importlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools import clicked
from modtools.cli import KMOD_TOOLS
from modtools.command import Call, Tool
from modtools.getopt import BadUsage
from modtools.place import Place

TEXTS = st.text(st.characters(blacklist_characters="\0", blacklist_categories=["Cs"]), min_size=1, max_size=5)


def tool_of(name: str) -> Tool:
    """One of kmod's tools."""
    tool: Tool = importlib.import_module(f"modtools.tools.{name}").tool
    return tool


@pytest.mark.parametrize("name", [*KMOD_TOOLS, "static_nodes"])
@given(data=st.data())
def test_values_are_clicks(name: str, data: st.DataObject) -> None:
    """Whatever options and operands there are, in whatever order and however often."""
    tool, call = tool_of(name), Call(name, Place())
    names = [opt for option in tool.options(linked=False) if not option.ends for opt in option.opts]
    words = data.draw(st.lists(st.one_of(st.sampled_from(names), TEXTS), max_size=8))
    try:
        line = tool.read(words, call)
    except BadUsage:
        return
    if not line.stopped:
        assert tool.values(line, call) == clicked.values(tool.as_click(name), line)
