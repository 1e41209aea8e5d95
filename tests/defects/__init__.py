"""Debian's modules with one defect each, and what the real kernel said to them.

`recorded.jsonl.xz` has a case a line, recorded on Debian's 6.1.0-56-amd64 in QEMU like those of `tests/inits`:

    target   number and kind of the case       of, what   the damaged module of Debian's tree, the damage in words
    steps    what was inserted, in order: `path` in the tree, `args`; of a damaged file `size_of_file`, to which it is
             cut (its signature goes), and `patch`, [offset, bytes in hex] each; then the answer: `errno` (null:
             killed), `size` and `taint` from /proc/modules, `log`; `unstable`: other lines may stand between these
    dead     the kernel oopsed or warned: its log is luck, and not compared

Many cases shared one boot, so what a kernel says once may be missing in any of them: `ONCE`.
"""
