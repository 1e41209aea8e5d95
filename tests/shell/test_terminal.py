"""On a terminal the shell is the user's own: its prompt says which machine it is, and keys do what they do there."""

from __future__ import annotations

import os
import re
import select
import shutil
import signal
import struct
import sys
import time
from pathlib import Path

import pytest

from tests.reference import CHECKOUT, RELEASE
from tests.shell.typed import PYMOD

pytestmark = [pytest.mark.fuse, pytest.mark.skipif(sys.platform == "win32", reason="has no terminals of this kind")]
pytest.importorskip("unicorn")

PROMPTS = {
    "sh": rf"\[{RELEASE}\] # ",
    "bash": rf"\[{RELEASE}\] \S+ [#$] ",
    "zsh": rf"\[{RELEASE}\] \S+ [#%] ",
    "fish": rf"\[{RELEASE}\] \S+ # ",
}
_DRAWN = re.compile(r"\x1b(\[[0-9;?<>=]*[a-zA-Z]|[=>]|\][^\x07\x1b]*(\x07|\x1b\\)|[()][A-Z0-9])|[\r\x0f]")
"""What a shell sends to a terminal besides text."""
_AS_LOGGED_IN = (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP)
"""What a program that was started in the background, or by nohup, ignores."""


class Terminal:
    """A shell on a terminal of 33 lines and 101 columns."""

    def __init__(self, shell: str, folder: Path) -> None:
        import fcntl
        import pty
        import termios

        self.process, self._file = pty.fork()
        if self.process == 0:
            for number in _AS_LOGGED_IN:
                signal.signal(number, signal.SIG_DFL)
            os.chdir(folder)
            more = {"SHELL": shell, "HOME": str(folder), "PYTHONPATH": str(CHECKOUT), "TERM": "xterm"}
            os.execve(sys.executable, [*PYMOD, "shell"], os.environ | more)
        fcntl.ioctl(self._file, termios.TIOCSWINSZ, struct.pack("HHHH", 33, 101, 0, 0))
        self.text = ""

    def wait_for(self, pattern: str) -> None:
        """Wait until the terminal shows something, and forget all up to there."""
        end = time.monotonic() + 60
        while (found := re.search(pattern, _DRAWN.sub("", self.text))) is None:
            assert time.monotonic() < end, (pattern, self.text)
            if select.select([self._file], [], [], 1)[0]:
                self.text += os.read(self._file, 1 << 16).decode("utf-8", "replace")
                if "\x1b[0c" in self.text or "\x1b[c" in self.text:  # fish asks what terminal it is
                    os.write(self._file, b"\x1b[?1;2c")
                    self.text = self.text.replace("\x1b[0c", "").replace("\x1b[c", "")
        self.text = _DRAWN.sub("", self.text)[found.end() :]

    def type(self, keys: str) -> None:
        """Type something."""
        os.write(self._file, keys.encode())

    def end(self) -> int:
        """Return the exit status of the shell, which has been told to end."""
        end = time.monotonic() + 60
        while not (ended := os.waitpid(self.process, os.WNOHANG))[0]:
            assert time.monotonic() < end, "the shell does not end"
            time.sleep(0.05)
        self.process = 0
        return os.waitstatus_to_exitcode(ended[1])

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *error: object) -> None:
        """Leave no shell behind, whatever has failed."""
        os.close(self._file)
        if self.process:
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)


@pytest.mark.parametrize("name", PROMPTS)
def test_keys_and_prompt(name: str, tmp_path: Path) -> None:
    """Ctrl-C ends a command and not the shell, Ctrl-Z stops one, the size is the terminal's, and so is the status."""
    shell = shutil.which(name)
    if shell is None:
        pytest.skip(f"needs {name}")
    with Terminal(shell, tmp_path) as terminal:
        terminal.wait_for(PROMPTS[name])
        for keys, shown in (
            ("stty size\r", r"33 101\s"),
            ("sleep 60\r", "sleep 60"),
            ("", r"\n"),
            ("\x03", PROMPTS[name]),
            ("dmesg -W\r", r"dmesg -W"),
            ("", r"\n"),
            ("\x03", PROMPTS[name]),
            ("sleep 61\r", "sleep 61"),
            ("", r"\n"),
            ("\x1a", PROMPTS[name]),
            ("fg\r", "sleep 61"),
            ("", r"\n"),
            ("\x03", PROMPTS[name]),
            ("lsmod\r", r"Module +Size +Used by\s"),
        ):
            time.sleep(0.3 if keys in ("\x03", "\x1a") else 0)  # until the command has begun
            terminal.type(keys)
            terminal.wait_for(shown)
        terminal.wait_for(PROMPTS[name])
        terminal.type("exit 3\r")
        assert terminal.end() == 3
