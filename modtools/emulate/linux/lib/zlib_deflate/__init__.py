"""Functions and variables of Linux 6.1's lib/zlib_deflate/."""
