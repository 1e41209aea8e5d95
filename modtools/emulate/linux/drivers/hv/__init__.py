"""Functions and variables of Linux's drivers/hv/."""
