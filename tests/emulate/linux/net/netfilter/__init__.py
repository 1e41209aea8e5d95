"""Tests of modtools/emulate/linux/net/netfilter/."""
