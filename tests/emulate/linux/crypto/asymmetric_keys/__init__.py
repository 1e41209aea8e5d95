"""Tests of modtools/emulate/linux/crypto/asymmetric_keys/."""
