"""Tests of modtools/emulate/symbols/."""
