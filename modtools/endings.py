"""How a command ends: whatever is raised becomes one line of text and an exit status, and never a traceback.

What a user can mend is said in one line, and so is an internal error, with the place in the code.
"""

from __future__ import annotations

import os
import sys

from modtools.errors import Killed, PymodError
from modtools.light import TYPE_CHECKING, contextmanager
from modtools.render import drop_output
from modtools.visible import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_DEBUG = "PYMOD_DEBUG"
"""The environment variable that has tracebacks shown, for whoever looks into a report."""
_KEPT = "\n\t"
"""What does no harm on a terminal."""
_stays = False
"""Whether this process does another one's work, which a signal for that one must not end."""


@contextmanager
def raised() -> Iterator[None]:
    """Have what ends a process by a signal raised as Killed, because the command is another process's."""
    global _stays
    before, _stays = _stays, True
    try:
        yield
    finally:
        _stays = before


def guarded(name: str, run: Callable[[], int], failed: int = 1) -> int:
    """Run a command and return its exit status. What it raises is printed on standard error under the name.

    `failed` is the status of a command that could not do its work: 2 for those of which 1 is an answer.
    """
    try:
        return run()
    except PymodError as error:
        tell(name, f"ERROR: {error}")
    except KeyboardInterrupt:
        return 130
    except Killed as killed:
        if _stays:
            raise
        return _die(killed)
    except BrokenPipeError:
        drop_output(1, 2)
        return 141
    except MemoryError:
        tell(name, "ERROR: out of memory")
    except OSError as error:
        about = f"{error.filename}: " if error.filename else ""
        tell(name, f"ERROR: {about}{error.strerror or error}")
        _drop_what_cannot_be_written()
    except Exception as error:  # the last resort: no user of pymod reads a traceback
        if os.environ.get(_DEBUG):
            raise
        tell(name, _internal_error(error))
    return failed


def tell(name: str, text: str) -> None:
    """Print a line to standard error, if that is open and takes it."""
    if sys.stderr is not None:
        data = f"{name}: {printable(text, _KEPT)}\n".encode()
        try:
            sys.stderr.flush()
            sys.stderr.buffer.write(data)
            sys.stderr.flush()
        except OSError:
            drop_output(2)


def _die(killed: Killed) -> int:
    """End as a process that oopsed in the kernel: by its signal, or with its status where there are no signals."""
    import signal

    if hasattr(os, "fork"):
        number = signal.Signals[killed.signal]
        if number != signal.Signals["SIGKILL"]:
            _leave_no_core()
            signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    return 128 + killed.number


def _leave_no_core() -> None:
    """Turn core files off: what ends here is a tool of the virtual machine, and the host has nothing to look into."""
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _drop_what_cannot_be_written() -> None:
    """Let Python end with our exit status where the disk is full that it would write the rest of the output to."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        drop_output(1)


def _internal_error(error: Exception) -> str:
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = "" if place is None else f" in {place.tb_frame.f_code.co_qualname}, line {place.tb_lineno}"
    kind = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return (
        f"ERROR: internal error ({kind}{where}). Please report this line and the command to pymod's"
        f" developers; {_DEBUG}=1 shows more."
    ).replace("\n", " ")
