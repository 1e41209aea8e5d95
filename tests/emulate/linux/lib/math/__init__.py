"""Tests of modtools/emulate/linux/lib/math/."""
