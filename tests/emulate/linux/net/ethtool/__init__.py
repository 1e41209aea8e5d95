"""Tests of modtools/emulate/linux/net/ethtool/."""
