"""Functions and variables of Linux 6.1's drivers/edac/."""
