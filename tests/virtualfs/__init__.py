"""Files that are answered by a program: enough of FUSE to give other programs a /proc and a /sys of their own."""
