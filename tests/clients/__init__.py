"""Programs that nobody here wrote, run once with kmod 34 and once with pymod in its place: docs/clients.md.

`tests/clients/packages install` installs them from Debian's packages.
"""
