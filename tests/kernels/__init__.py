"""Debian's kernels, as many as its archive has, each booted from all that tells of it, with its modules loaded."""
