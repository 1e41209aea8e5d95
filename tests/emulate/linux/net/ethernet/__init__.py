"""Tests of modtools/emulate/linux/net/ethernet/."""
