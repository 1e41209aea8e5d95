"""Tests of modtools/emulate/linux/kernel/irq/."""
