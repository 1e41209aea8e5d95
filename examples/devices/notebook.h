/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What can be asked of /dev/notebook, for the driver and for programs. */
#include <linux/ioctl.h>
#include <linux/types.h>

/* A text somewhere in the program's memory. */
struct notebook_text {
	char *text;
	__u32 size;
	__u32 offset;
};

#define NOTEBOOK_CLEAR _IO('n', 0)
#define NOTEBOOK_SIZE _IOR('n', 1, __u32)
#define NOTEBOOK_FIND _IOWR('n', 2, struct notebook_text)
