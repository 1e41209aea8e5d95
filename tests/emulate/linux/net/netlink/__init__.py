"""Tests of modtools/emulate/linux/net/netlink/."""
