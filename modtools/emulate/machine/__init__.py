"""The machine: its hardware, and what the kernel has of its own on it."""
