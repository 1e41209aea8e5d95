"""What the real kernel answered when Debian's own modules were loaded and unloaded, replayed on the virtual one."""
