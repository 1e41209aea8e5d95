"""pymod: the Linux module tools without the kernel."""

__version__ = "0.2.0"
