"""One call into a module from outside: its process begins, the code runs, and the outcome tells how it went."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from modtools.emulate.memory import badpages
from modtools.emulate.stops import Died, Exceeded, Exhausted, Needs, Stopped, Stuck
from modtools.emulate.symbols import percpu
from modtools.emulate.tasks import imbalance
from modtools.errors import PymodError
from modtools.kernel.runner import INTERRUPTED, End, Outcome
from modtools.profiles.structures import UnknownLayout

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


_WAITING = ("timers", "hrtimers", "work", "tasks", "programs")


def perform(guest: Guest, call: Callable[[Guest], int]) -> Outcome:
    """Make a call, let those run who can do so now, and return how it went."""
    outcome = _perform(guest, call)
    if any(guest.tables.get(name) for name in _WAITING):
        outcome = _run_others(guest, outcome)
    return outcome


def _run_others(guest: Guest, outcome: Outcome) -> Outcome:
    """Let all others run that can; return the outcome, which is lost where they never leave the processor."""
    _count(guest)
    try:
        guest.scheduler.run_until_idle()
    except Exhausted as stopped:
        outcome = _outcome(stopped)
    except UnknownLayout as unknown:
        outcome = Outcome(End.NEEDS, 0, str(unknown))
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
    except Stopped as stopped:
        guest.lose_stack()
        return _outcome(stopped)
    except UnknownLayout as unknown:
        guest.lose_stack()
        return Outcome(End.NEEDS, 0, str(unknown))
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


def _outcome(stopped: Stopped) -> Outcome:
    match stopped:
        case Needs(symbol=symbol):
            return Outcome(End.NEEDS, 0, symbol)
        case Exceeded(what=what):
            return Outcome(End.FAILED, 0, f"more than {what}")
        case Died(oops=oops):
            return Outcome(End.KILLED, 0, oops.name)
        case Stuck() | Exhausted():
            return Outcome(End.STUCK)
    raise stopped
