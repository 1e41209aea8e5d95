"""Functions and variables of Linux's drivers/base/power/."""
