"""Tests of modtools/emulate/files/."""
