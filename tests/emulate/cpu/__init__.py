"""Tests of modtools/emulate/cpu/."""
