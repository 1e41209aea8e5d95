"""Shells with pymod's completion: typed into as a person does, or asked."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

_SHOW = "\x14"
"""Control-T, which these shells are told to answer by writing down the line as it stands."""

_RC = {
    "bash": """\
        bind 'set enable-bracketed-paste off'
        eval "$(pymod completion bash)"
        bind -x '"\\C-t": printf "%s|\\n" "$READLINE_LINE" >"$SHOWN"'
        PS1='ready> '
        """,
    "zsh": """\
        autoload -Uz compinit; compinit -u -d "$COMPLETIONS"
        source <(pymod completion zsh)
        show() { print -r -- "$BUFFER|" >$SHOWN }
        zle -N show; bindkey '^T' show
        PS1='ready> '; unset zle_bracketed_paste
        """,
}
_START = {"bash": ["bash", "--noprofile", "--rcfile", "{rc}", "-i"], "zsh": ["zsh", "-d", "-i"]}
_PATIENCE = 30
"""Seconds."""


def typed(shell: str, text: str, folder: Path, *, path: str = "") -> str:
    """What bash or zsh makes of a line and Tab, with `|` after it. `folder` is for their files; `path` as PATH."""
    rc, shown = folder / ".zshrc", folder / "shown"
    rc.write_text(_RC[shell])
    shown.unlink(missing_ok=True)
    outer, inner = pty.openpty()
    environment = {**os.environ, "ZDOTDIR": str(folder), "SHOWN": str(shown), "TERM": "dumb", "LC_ALL": "C.UTF-8"}
    # What zsh found on the system, which takes it most of its time: beside the folder, where the next one finds it.
    environment["COMPLETIONS"] = str(folder.parent / "completions")
    environment |= {"PATH": path} if path else {}
    words = [word.format(rc=rc) for word in _START[shell]]
    process = subprocess.Popen(words, stdin=inner, stdout=inner, stderr=inner, env=environment, start_new_session=True)
    os.close(inner)
    try:
        _wait(outer, lambda said: "ready> " in said)
        os.write(outer, f"{text}\t{_SHOW}".encode())
        _wait(outer, lambda _: shown.exists() and shown.read_text().endswith("\n"))
        return shown.read_text().rstrip("\n")
    finally:
        process.kill()
        process.wait()
        os.close(outer)


def _wait(terminal: int, done: Callable[[str], bool]) -> None:
    """Read what the shell says until that is enough. Raises TimeoutError with what it said."""
    said, end = "", time.monotonic() + _PATIENCE
    while not done(said):
        if time.monotonic() > end:
            raise TimeoutError(said)
        if select.select([terminal], [], [], 0.02)[0]:
            said += os.read(terminal, 65536).decode("utf-8", "replace")


def asked(line: str) -> list[str]:
    """What fish offers for the last word of a line, without what it is for."""
    script = 'pymod completion fish | source; complete -C "$argv[1]"'
    done = subprocess.run(["fish", "--no-config", "-c", script, line], capture_output=True, text=True, check=True)
    assert not done.stderr
    return [row.partition("\t")[0] for row in done.stdout.splitlines()]
