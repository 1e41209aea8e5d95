"""Functions and variables of Linux 6.12's fs/fuse/."""
