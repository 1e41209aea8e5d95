"""Tests of modtools/emulate/linux/kernel/locking/."""
