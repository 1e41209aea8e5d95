"""Tests of modtools/emulate/linux/mm/."""
