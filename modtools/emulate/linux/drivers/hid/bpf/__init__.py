"""Functions and variables of Linux's drivers/hid/bpf/."""
