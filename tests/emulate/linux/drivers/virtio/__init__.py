"""Tests of modtools/emulate/linux/drivers/virtio/."""
