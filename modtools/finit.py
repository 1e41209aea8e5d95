"""Flags of finit_module(2): what the kernel is to ignore of a module. From Linux 6.1: `include/uapi/linux/module.h`."""

IGNORE_MODVERSIONS, IGNORE_VERMAGIC = 1, 2
COMPRESSED_FILE = 4
"""The file is compressed, and the kernel is to unpack it."""
