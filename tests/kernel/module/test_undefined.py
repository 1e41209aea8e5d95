"""Symbols that a module needs: by which name they are looked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from modtools.errors import KernelError
from modtools.kernel.log import raw_lines
from modtools.kernel.module.load import insert
from modtools.kernel.state import Kernel
from modtools.store import Store
from tests.small_modules import loadable

EM_PPC64 = 21


def kernel(machine: str) -> Kernel:
    """A kernel of a machine, with Debian 12's symbols and no CRCs."""
    made = Store(Path("/nonexistent/state.json")).default()
    config = made.identity.config._replace(modversions=False, module_sig=False)
    made.identity = made.identity._replace(machine=machine, config=config, release="6.1.0")
    return made


def test_powerpcs_dots_do_not_count() -> None:
    """On 64-bit PowerPC a dot in front of a name goes, in the log, too, and `.TOC.` is the module's own."""
    image = bytearray(loadable("dots", wants=(".TOC.", "._printk", ".nosuch", "_printk")))
    image[18] = EM_PPC64
    made = kernel("ppc64le")
    with pytest.raises(KernelError) as refused:
        insert(made, bytes(image), flags=2)
    assert refused.value.errno == 2
    lines = [line for line in raw_lines(made.log.readable()) if "Unknown" in line]
    assert [line.partition("dots: ")[2] for line in lines] == ["Unknown symbol nosuch (err -2)"]


def test_elsewhere_they_are_names() -> None:
    """On other machines a name with a dot is one that nobody exports."""
    made = kernel("x86_64")
    with pytest.raises(KernelError):
        insert(made, loadable("dots", wants=(".TOC.",)), flags=2)
    assert any("Unknown symbol .TOC. (err -2)" in line for line in raw_lines(made.log.readable()))
