"""What the kernel has of its own, whatever machine it runs on: built-in drivers and lists, random numbers."""
