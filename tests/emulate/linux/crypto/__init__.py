"""Tests of modtools/emulate/linux/crypto/."""
