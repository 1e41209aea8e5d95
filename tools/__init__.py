"""What the project's maintainers make with: `python -m tools.NAME` in a checkout. None of it is installed with pymod.

`commands` and `manual` write documents from what the commands say; `profile` and `btf` make the built-in kernel from
Debian's package, which `tests/reference/debian-kernel` fetches.
"""
