"""Tests of modtools/emulate/linux/block/."""
