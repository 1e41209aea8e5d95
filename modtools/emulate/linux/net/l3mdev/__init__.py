"""Functions and variables of Linux's net/l3mdev/."""
