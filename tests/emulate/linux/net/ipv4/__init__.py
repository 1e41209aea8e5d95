"""Tests of modtools/emulate/linux/net/ipv4/."""
