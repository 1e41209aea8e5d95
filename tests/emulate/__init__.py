"""Tests of modtools/emulate/."""
