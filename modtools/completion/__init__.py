"""What may come next on a command line, for shells that complete it. It knows all tools, and so stands above them."""
