"""Tests of modtools/emulate/linux/drivers/pci/."""
