"""Tests of modtools/emulate/linux/kernel/kmod.py, beside the recordings `request-module*.t`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from modtools import causes
from modtools.emulate.guest import Guest
from modtools.emulate.tasks import programs as started
from modtools.errors import Cause, KernelError
from modtools.kernel.module.load import insert
from modtools.kernel.passing import from_plain, to_plain
from modtools.kernel.state import Kernel
from modtools.kernel.userspace import NeverEnds, NotRun
from modtools.linuxerrno import ENOENT, ERESTARTSYS
from tests.emulated import log
from tests.samples import KO

pytest.importorskip("unicorn")


class Programs:
    """Programs of a machine: `modprobe` does what a test wants of it."""

    def __init__(self, kernel: Kernel, answers: dict[str, int | BaseException]) -> None:
        self.kernel = kernel
        self.answers = answers
        self.paths: dict[str, Path] = {}

    def run(self, program: str, words: Sequence[str]) -> int:
        """Load the file of a name, or answer as the test wants."""
        assert (program, *words[:-1]) == ("/sbin/modprobe", "-q", "--")
        if words[-1] in self.paths:
            path = self.paths[words[-1]]
            insert(self.kernel, path.read_bytes(), path=str(path))
            return 0
        answer = self.answers[words[-1]]
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def read(self, path: str) -> bytes:
        """There are no files."""
        raise KernelError(ENOENT, Cause(causes.PARTS_MISSING, path))

    load = read


def ask(guest: Guest, name: str, programs: Programs | None) -> str:
    """What request_mod.ko says about its request."""
    guest.kernel.userspace = programs
    path = KO / "request_mod.ko"
    insert(guest.kernel, path.read_bytes(), f"name={name}", path=str(path))
    return log(guest)[-1]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (256, "<6>request_mod: request_module returned 256"),
        (KernelError(13), "<6>request_mod: request_module returned -13"),
        (NeverEnds(), f"<6>request_mod: request_module returned -{ERESTARTSYS}"),
        (NotRun("/bin/x"), "<4>request_mod: init: not run to its end, needs /bin/x"),
    ],
)
def test_the_answer_of_the_program(guest: Guest, answer: int | BaseException, said: str) -> None:
    """A status comes as it is; what cannot be executed is an error; a wait without end is ended by a signal."""
    assert ask(guest, "some", Programs(guest.kernel, {"some": answer})) == said


def test_without_a_machine_there_is_no_program(guest: Guest) -> None:
    """A kernel that is used without a machine finds no modprobe."""
    assert ask(guest, "some", None) == f"<6>request_mod: request_module returned -{ENOENT}"


def test_too_many_at_once(guest: Guest) -> None:
    """The request after fifty that wait for each other waits five seconds in vain, and says so."""
    guest.programs = started.MOST
    before = guest.now
    assert ask(guest, "some", Programs(guest.kernel, {})) == "<6>request_mod: request_module returned -62"
    guest.programs = 0
    assert guest.now - before >= 5_000_000_000
    busy = "kmod busy with 50 threads for more than 5 seconds now"
    assert log(guest)[-3:-1] == [
        "<4>request_module: kmod_concurrent_max (0) close to 0 (max_modprobes: 50), for module some, throttling...",
        f"<4>request_module: modprobe some cannot be processed, {busy}",
    ]


def test_what_is_loaded_meanwhile_is_all_there(guest: Guest) -> None:
    """A module that another one's init has asked for is a module as any other, and can be passed on as values."""
    programs = Programs(guest.kernel, {})
    programs.paths["hello_export"] = KO / "hello_export.ko"
    assert ask(guest, "hello_export", programs) == "<6>request_mod: request_module returned 0"
    module = guest.kernel.modules["hello_export"]
    assert module.exports
    again = from_plain(to_plain(module))
    again.details_source, again.exports_source = module.details_source, module.exports_source
    assert again == module
    assert (guest.programs, guest.depth, guest.kernel.program) == (0, 0, "insmod")
