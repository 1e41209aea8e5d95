"""Tests of modtools/emulate/linux/fs/sysfs/."""
