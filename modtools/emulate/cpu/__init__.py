"""The processor: running code, and everything that it cannot do for itself."""
