"""Recorded sessions with kmod 34.2 on Linux 6.1, and the replayer that runs them against pymod. See README.md."""

from pathlib import Path

HERE = Path(__file__).parent
