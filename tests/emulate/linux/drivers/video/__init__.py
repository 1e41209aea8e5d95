"""Tests of modtools/emulate/linux/drivers/video/."""
