"""Functions and variables of Linux 6.1's arch/x86/mm/."""
