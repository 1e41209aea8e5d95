"""Tests of modtools/emulate/cpu/x86_64/."""
