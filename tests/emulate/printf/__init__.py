"""Tests of modtools/emulate/printf/."""
