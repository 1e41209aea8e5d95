"""Tests of modtools/emulate/linux/net/core/."""
