"""One call into a module from outside: its process begins, the code runs, and the outcome tells how it went."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from modtools.emulate.memory import badpages
from modtools.emulate.stops import Exhausted, Stopped, Unforeseeable, outcome_of
from modtools.emulate.symbols import percpu
from modtools.emulate.tasks import imbalance
from modtools.errors import PymodError
from modtools.kernel.runner import INTERRUPTED, End, Outcome
from modtools.profiles.structures import UnknownLayout

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


_WAITING = ("timers", "hrtimers", "grace", "rcu", "srcu domains", "tasklets", "work", "tasks", "programs")


def perform(guest: Guest, call: Callable[[Guest], int]) -> Outcome:
    """Make a call, let those run who can do so now, and return how it went."""
    outcome = _perform(guest, call)
    if any(guest.tables.get(name) for name in _WAITING):
        outcome = _run_others(guest, outcome)
    if guest.tables.get("calls"):
        from modtools.emulate.files import systemcalls

        systemcalls.finish(guest)
    return outcome


def _run_others(guest: Guest, outcome: Outcome) -> Outcome:
    """Let all others run that can; return the outcome, which is lost where they never leave the processor."""
    _count(guest)
    try:
        guest.scheduler.run_until_idle()
        guest.scheduler.pass_grace_period()
    except (Exhausted, Unforeseeable, UnknownLayout) as stopped:
        outcome = outcome_of(stopped)
    except Stopped:
        pass
    finally:
        guest.end_run()
    return outcome


def _perform(guest: Guest, call: Callable[[Guest], int]) -> Outcome:
    _begin_process(guest)
    try:
        value = call(guest)
        imbalance.leave(guest)
        badpages.check(guest)
        return Outcome(End.RETURNED, value, INTERRUPTED if guest.interrupted else "")
    except (Stopped, UnknownLayout) as stopped:
        guest.lose_stack()
        return outcome_of(stopped)
    except PymodError as error:
        return Outcome(End.FAILED, 0, str(error))
    finally:
        guest.end_run()


def _count(guest: Guest) -> None:
    """Begin to count what a call does; one of a program that the kernel has started counts for who waits for it."""
    if not guest.programs:
        guest.effort.begin()


def _begin_process(guest: Guest) -> None:
    """Begin the call of another process. Nothing is imported for that unless a module has looked at processes."""
    guest.interrupted = False
    _count(guest)
    if percpu.used(guest, guest.abi.current):
        from modtools.emulate.tasks import signals

        signals.begin(guest)
