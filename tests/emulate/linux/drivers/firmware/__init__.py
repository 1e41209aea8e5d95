"""Tests of modtools/emulate/linux/drivers/firmware/."""
