"""Tests of modtools/emulate/linux/."""
