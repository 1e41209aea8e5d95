"""Tests of modtools/emulate/linux/fs/nls/."""
