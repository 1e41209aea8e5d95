"""Error numbers of Linux, whatever system pymod runs on.

From Linux 6.1: `include/uapi/asm-generic/errno-base.h`, `errno.h`; alpha, mips, parisc and sparc
have some others, which no tool shows.
"""

from __future__ import annotations

EPERM = 1
ENOENT = 2
ESRCH = 3
EINTR = 4
EIO = 5
ENOEXEC = 8
EBADF = 9
EAGAIN = EWOULDBLOCK = 11
ENOMEM = 12
EACCES = 13
EFAULT = 14
EBUSY = 16
EEXIST = 17
ENODEV = 19
ENOTDIR = 20
EISDIR = 21
EINVAL = 22
EFBIG = 27
ENOSPC = 28
ESPIPE = 29
EROFS = 30
ERANGE = 34
ENOSYS = 38
ELOOP = 40
ENODATA = 61
ENOPKG = 65
EBADMSG = 74
EOPNOTSUPP = 95
ENOKEY = 126
EKEYREJECTED = 129
