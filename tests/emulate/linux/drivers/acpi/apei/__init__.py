"""Tests of modtools/emulate/linux/drivers/acpi/apei/."""
