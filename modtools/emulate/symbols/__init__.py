"""Names and addresses: the kernel's symbols and structures, and those of linked modules."""
