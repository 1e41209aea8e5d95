"""Functions and variables of Linux's drivers/net/phy/."""
