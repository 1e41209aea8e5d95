"""Modules of a tree, each loaded with what it depends on into a kernel that was just booted, by pymod's modprobe.

A module counts as

    loaded    the kernel took it, and its init returned 0, or was not run since code of this kernel is not
    needs     the same, but its init could not be run to its end
    init      its init returned an error: a machine without the device is no fault
    refused   the kernel did not come to its init, which for a module of the kernel's own tree is a fault
    oops      its code did what a real kernel would complain of, which is a fault
    error     pymod itself failed, or took too long
"""

from __future__ import annotations

import io
import json
import os
import pkgutil
import shutil
import signal
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import modtools
from modtools import cli

WORDS = ("loaded", "needs", "init", "refused", "oops", "error")
FAULTS = ("refused", "oops", "error")
_COMPLAINTS = ("BUG:", "Oops", "WARNING:", "general protection fault", "kernel BUG at", "refcount_t:")


class Load(NamedTuple):
    """How loading a module went: one of WORDS, and why."""

    module: str
    word: str
    why: str = ""


def run(*words: str) -> tuple[int, str, str]:
    """Run pymod in this process; returns its exit status, what it prints and what it complains about."""
    output, errors = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    with redirect_stdout(output), redirect_stderr(errors):
        status = cli.main(["pymod", *words])
    texts = []
    for stream in (output, errors):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode("utf-8", "replace"))
    return status, texts[0], texts[1]


def import_all() -> None:
    """Import all of pymod, so that the processes that load do not each do that."""
    for found in pkgutil.walk_packages(modtools.__path__, "modtools."):
        if not found.name.endswith("__main__"):
            import_module(found.name)


def load_each(modules: Sequence[str], state: Path, scratch: Path, seconds: float) -> Iterator[Load]:
    """Load each module into a copy of the machine whose state is in a folder."""
    os.environ["PYMOD_STATE"] = str(scratch / "state.json")
    import_all()
    for module in modules:
        shutil.rmtree(scratch, ignore_errors=True)
        shutil.copytree(state, scratch)
        yield _load(module, scratch, seconds)


def _load(module: str, folder: Path, seconds: float) -> Load:
    answer = folder / "answer"
    pid = os.fork()
    if not pid:
        _child(module, answer)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return _judged(module, answer) if not status else _ended(module, os.waitstatus_to_exitcode(status))
        time.sleep(0.02)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return Load(module, "error", f"no end within {seconds:.0f} s")


def _child(module: str, answer: Path) -> None:
    status = 1
    try:
        answer.write_text(json.dumps(run("modprobe", "--json", module)), "utf-8")
        status = 0
    except Exception:  # noqa: BLE001 - shown, and counted as an error
        traceback.print_exc()
    finally:
        os._exit(status)


def _ended(module: str, code: int) -> Load:
    """Return how loading went that ended pymod's process: by a signal, as the kernel kills who made it oops."""
    log = run("dmesg")[1].splitlines() if code < 0 else []
    if complaints := [line for line in log if any(word in line for word in _COMPLAINTS)]:
        return Load(module, "oops", complaints[0])
    return Load(module, "error", f"it ended by signal {-code}" if code < 0 else f"it ended with {code}")


def _judged(module: str, answer: Path) -> Load:
    status, output, errors = json.loads(answer.read_text("utf-8"))
    try:
        calls = json.loads(output).get("calls", [])
    except ValueError:
        return Load(module, "error", (errors or output).strip()[:300] or f"exit status {status}")
    judged = [word for call in calls for word in _words(call) if status or word[0] != "init"]  # of a soft dependency
    for word in reversed(WORDS):
        if whys := [why for found, why in judged if found == word]:
            return Load(module, word, whys[0])
    if status:
        return Load(module, "error", errors.strip()[:300] or f"exit status {status}")
    return Load(module, "loaded")


def _words(call: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What one call of the kernel says of the whole."""
    name = call["module"]
    complaints = [line for line in call["log"] if any(word in line for word in _COMPLAINTS)]
    if call["killed"] or complaints:
        yield "oops", f"{name}: {(complaints or call['log'] or ['killed'])[0]}"
    elif call["how"] in ("needs", "failed"):
        yield ("needs" if call["how"] == "needs" else "error"), f"{name}: {call['detail']}"
    elif call["errno"] and call["how"] is None:  # init was not reached
        causes = "; ".join(" ".join(map(str, cause.values())) for cause in call["causes"][:2])
        yield "refused", f"{name}: errno {call['errno']}: {causes or (call['log'] or [''])[-1]}"
    elif call["errno"]:
        yield "init", f"{name}: errno {call['errno']}"
