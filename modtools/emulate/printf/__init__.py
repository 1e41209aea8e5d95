"""Formatted text as the kernel makes it."""
