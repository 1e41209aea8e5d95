"""What the project's maintainers make with: `python -m tools.NAME` in a checkout. None of it is installed with pymod.

`commands` and `manual` write documents from what the commands say; `symbol_index` which file has which kernel symbol;
`profile` and `btf` make a kernel profile out of a kernel package; `recorder` asks a real kernel; `release` builds one.
"""
