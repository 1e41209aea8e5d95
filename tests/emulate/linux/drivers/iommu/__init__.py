"""Tests of modtools/emulate/linux/drivers/iommu/."""
