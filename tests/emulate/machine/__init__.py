"""Tests of modtools/emulate/machine/."""
