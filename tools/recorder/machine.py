"""One guest: QEMU with Debian's kernel, spoken to over its serial port, saved and brought back over QEMU's own.

The guest's init (guest/init) reads a command in base64 from each line of the port, and answers with lines of a letter
and a value: R its exit status; O and E, in base64, standard output and error; K, in base64, the kernel's log since the
last command. A full stop ends the answer. A line that begins with @ was written by the command itself meanwhile.
"""

from __future__ import annotations

import json
import re
import socket
import struct
import subprocess
import tempfile
import time
from base64 import b64decode, b64encode
from contextlib import suppress
from io import BufferedRWPair
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from tools.recorder.kernels import Recorded

_BOOT, COMMAND = 180, 400
"""Seconds to wait for a guest that boots, and for a command."""
_STAMP = re.compile(r"^(<\d+>)\[ *\d+\.\d+\] ?")
_SNAPSHOT = "base"


class Kind(NamedTuple):
    """What a guest is like: its kernel, megabytes of memory, words of the kernel's command line, devices as QEMU's
    options.
    """

    kernel: Recorded
    memory: int
    cmdline: str
    devices: tuple[str, ...]


class Answer(NamedTuple):
    """What came of a command. `log` has `<N>text` for each line; `status` is 128+n for signal n."""

    status: int
    stdout: str
    stderr: str
    log: tuple[str, ...]


class GuestStopped(Exception):
    """The guest answers no more: it hung or went off. `lines` are those with an @ of the command that was running."""

    def __init__(self, reason: str, lines: list[str]) -> None:
        super().__init__(reason)
        self.lines = lines


class Machine:
    """A guest that has booted and waits for commands; a context manager, which ends it."""

    def __init__(self, kind: Kind, initrd: bytes) -> None:
        self.kernel = kind.kernel
        self._folder = tempfile.TemporaryDirectory(prefix="recorder-")
        place = Path(self._folder.name)
        (place / "initrd").write_bytes(initrd)
        (place / "snapshots").write_bytes(_empty_qcow2())
        with (place / "qemu.log").open("wb") as log:
            words = _command(kind, place)
            self._qemu = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.lines: list[str] = []
        self._open: list[socket.socket | BufferedRWPair] = []
        try:
            self._port, control = self._connect(place / "port"), self._connect(place / "control")
            self._control = control.makefile("rwb")
            control.close()  # the file keeps the connection
            self._open += [self._port, self._control]
            self._control.readline()
            self._order("qmp_capabilities")
            self._unread = b""
            while self._line(_BOOT) != "READY":
                pass
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Machine:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the guest."""
        self._qemu.kill()
        self._qemu.wait()
        for connection in self._open:
            with suppress(BrokenPipeError):
                connection.close()
        self._folder.cleanup()

    def save(self) -> None:
        """Keep the guest as it is now."""
        self._monitor(f"savevm {_SNAPSHOT}")

    def restore(self) -> None:
        """Bring the guest back to what was saved."""
        self._monitor(f"loadvm {_SNAPSHOT}")
        self._unread = b""

    def run(self, command: str, patience: float = COMMAND) -> Answer:
        """Run a command by `sh -c` in the guest. Raises GuestStopped, as one that hung after so many seconds."""
        self._port.sendall(b64encode(command.encode("utf-8", "surrogateescape")) + b"\n")
        self.lines = []
        parts: dict[str, str] = {}
        while (line := self._line(patience)) != ".":
            if line.startswith("@"):
                self.lines.append(line)
            else:
                parts[line[:1]] = line[2:]
        out, err, log = (b64decode(parts[letter]).decode("utf-8", "surrogateescape") for letter in "OEK")
        return Answer(int(parts["R"]), out, err, tuple(_STAMP.sub(r"\1", line) for line in log.split("\n") if line))

    def memory(self, address: int, size: int) -> bytes:
        """Read the guest's memory at a physical address, whatever the guest does."""
        file = Path(self._folder.name, "memory")
        self._order("pmemsave", val=address, size=size, filename=str(file))
        return file.read_bytes()

    def _line(self, seconds: float) -> str:
        end = time.monotonic() + seconds
        while b"\n" not in self._unread:
            self._port.settimeout(max(end - time.monotonic(), 0.001))
            try:
                data = self._port.recv(1 << 16)
            except TimeoutError:
                raise GuestStopped("hung", self.lines) from None
            if not data:
                raise GuestStopped("off", self.lines)
            self._unread += data
        line, _, self._unread = self._unread.partition(b"\n")
        return line.strip(b"\r").decode("utf-8", "surrogateescape")

    def _monitor(self, line: str) -> None:
        problem = self._order("human-monitor-command", **{"command-line": line})
        if problem.strip():
            raise RuntimeError(f"QEMU says to {line}: {problem.strip()}")

    def _order(self, command: str, **arguments: str | int) -> Any:
        self._control.write(json.dumps({"execute": command, "arguments": arguments}).encode() + b"\n")
        self._control.flush()
        while True:
            answer = json.loads(self._control.readline())
            if "return" in answer:
                return answer["return"]
            if "error" in answer:
                raise RuntimeError(f"QEMU says to {command}: {answer['error']}")

    def _connect(self, path: Path) -> socket.socket:
        while self._qemu.poll() is None:
            connection = socket.socket(socket.AF_UNIX)
            try:
                connection.connect(str(path))
            except OSError:
                connection.close()
                time.sleep(0.02)
            else:
                return connection
        raise RuntimeError(f"QEMU ended: {(path.parent / 'qemu.log').read_text('utf-8', 'replace').strip()}")


def _command(kind: Kind, place: Path) -> list[str]:
    """The command line of QEMU: a machine of type pc with one processor, whose two sockets lie in a folder.

    It is emulated whole (tcg), so that it is the same one on every host.
    """
    return [
        *("qemu-system-x86_64", "-accel", "tcg", "-cpu", "qemu64,+rdrand", "-smp", "1", "-m", str(kind.memory)),
        *("-display", "none", "-no-reboot", *kind.devices),
        *("-kernel", str(kind.kernel.image), "-initrd", str(place / "initrd"), "-append", kind.cmdline),
        *("-chardev", f"socket,id=port,path={place}/port,server=on,wait=off"),
        *("-qmp", f"unix:{place}/control,server=on,wait=off"),
        *("-drive", f"if=none,format=qcow2,file={place}/snapshots"),
    ]


def _empty_qcow2(size: int = 1 << 32, bits: int = 16) -> bytes:
    """An empty disk, which no guest sees, for QEMU to save guests in; qemu-img would make it, from one package more.

    From QEMU's `docs/interop/qcow2.txt`, version 2, big-endian: header, table of reference counts, its first block, and
    the first-level table, a cluster each.
    """
    cluster = 1 << bits
    entries = -(-size // (cluster * cluster // 8))
    header = struct.pack(">4sIQIIQIIQQIIQ", b"QFI\xfb", 2, 0, 0, bits, size, 0, entries, 3 * cluster, cluster, 1, 0, 0)
    counts = struct.pack(">Q", 2 * cluster)
    return b"".join(part.ljust(cluster, b"\0") for part in (header, counts, struct.pack(">4H", 1, 1, 1, 1), b""))
