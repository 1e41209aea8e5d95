"""Functions and variables of Linux's drivers/leds/trigger/."""
