"""`python -m modtools` is the command pymod."""

from modtools.cli import run

run()
