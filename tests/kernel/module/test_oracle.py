"""Random sequences of insmod and rmmod, compared with an oracle that is too dumb to be wrong."""

from __future__ import annotations

import errno
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from modtools import statejson
from modtools.errors import KernelError
from modtools.kernel.files.paths import lookup
from modtools.kernel.module.load import insert
from modtools.kernel.module.unload import delete
from modtools.kernel.state import Kernel
from modtools.store import Store
from tests.properties import examples
from tests.reference import CHECKOUT

KO = CHECKOUT / "tests/transcripts/ko"
USES = {
    "hello_export": set(),
    "hello_use_export": {"hello_export"},
    "chain_c": set(),
    "chain_b": {"chain_c"},
    "chain_a": {"chain_b"},
    "dia_base": set(),
    "dia_left": {"dia_base"},
    "dia_right": {"dia_base"},
    "dia_top": {"dia_left", "dia_right"},
}
"""Which module uses which, as their sources say."""

_IMAGES = {name: (KO / f"{name}.ko").read_bytes() for name in USES}


def _stored_and_read(kernel: Kernel) -> Kernel:
    """The same kernel after a way through JSON; the bulky part stays where it is."""
    details = {name: module.details for name, module in kernel.modules.items()}
    for name, module in kernel.modules.items():
        module.details_file = name
    state = statejson.kernel_to_json(kernel)
    return statejson.kernel_from_json(
        state, statejson.Later(details.__getitem__, statejson.exports_from_json), kernel.sources
    )


def _errno(call: Callable[[], object]) -> int:
    try:
        call()
    except KernelError as error:
        return error.errno
    return 0


class Modules(RuleBasedStateMachine):
    """`loaded` is all that the oracle knows."""

    def __init__(self) -> None:
        super().__init__()
        self.kernel = Store(Path("/nonexistent/state.json")).default()
        self.loaded: list[str] = []

    def _users(self, name: str) -> set[str]:
        return {user for user in self.loaded if name in USES[user]}

    @rule(name=st.sampled_from(sorted(USES)))
    def insmod(self, name: str) -> None:
        """Loaded already: EEXIST. Something missing: ENOENT. Otherwise it loads."""
        expected = errno.EEXIST if name in self.loaded else 0 if set(self.loaded) >= USES[name] else errno.ENOENT
        assert _errno(lambda: insert(self.kernel, _IMAGES[name])) == expected
        if not expected:
            self.loaded.append(name)

    @rule(name=st.sampled_from(sorted(USES)), force=st.booleans())
    def rmmod(self, name: str, force: bool) -> None:
        """Not loaded: ENOENT. In use, forced or not: EWOULDBLOCK. Otherwise it goes."""
        users = self._users(name)
        expected = errno.ENOENT if name not in self.loaded else errno.EWOULDBLOCK if users else 0
        assert _errno(lambda: delete(self.kernel, name, force=force)) == expected
        if not expected:
            self.loaded.remove(name)

    @rule()
    def store(self) -> None:
        """Nothing is lost on the way to disk and back."""
        self.kernel = _stored_and_read(self.kernel)

    @invariant()
    def proc_modules_agrees(self) -> None:
        """/proc/modules has the loaded modules, newest first, with their users, newest first."""
        rows = [line.split() for line in lookup(self.kernel, "/proc/modules").read().decode().splitlines()]
        assert [row[0] for row in rows] == self.loaded[::-1]
        for name, _, count, users, *_ in rows:
            expected = [user for user in reversed(self.loaded) if name in USES[user]]
            assert int(count) == len(expected)
            assert users == ("".join(f"{user}," for user in expected) or "-")

    @invariant()
    def areas_do_not_overlap(self) -> None:
        """Each module has memory of its own, a guard page between any two."""
        areas = sorted((a.base, a.size) for m in self.kernel.modules.values() for a in m.areas if a.size)
        for (base, size), (after, _) in pairwise(areas):
            assert base + size + 4096 <= after


Modules.TestCase.settings = settings(examples(60), stateful_step_count=40)
TestModules = Modules.TestCase
