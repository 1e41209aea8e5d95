"""Tests of modtools/emulate/linux/drivers/base/."""
