"""Tests of modtools/emulate/linux/arch/x86/lib/."""
