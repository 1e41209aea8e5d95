"""Tests of modtools/emulate/linux/arch/."""
