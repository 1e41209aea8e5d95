"""Tests of modtools/emulate/linux/drivers/char/."""
