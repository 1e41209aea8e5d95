"""Ask a real kernel: boot Debian's in QEMU, and record what its commands print and what its modules' code does there.

`modules` builds modules for sessions, `sessions` fills in the files of tests/transcripts, `inits` writes what
tests/inits compares with. A guest is booted once, saved, and brought back before each recording, so none
of them sees what another one did.
"""
