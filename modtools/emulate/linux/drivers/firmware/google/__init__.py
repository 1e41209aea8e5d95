"""Functions and variables of Linux's drivers/firmware/google/."""
