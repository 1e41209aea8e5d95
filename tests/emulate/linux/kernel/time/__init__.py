"""Tests of modtools/emulate/linux/kernel/time/."""
