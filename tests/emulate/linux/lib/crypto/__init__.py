"""Tests of modtools/emulate/linux/lib/crypto/."""
