/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes into /dev/notebook, seeks, reads, and makes requests. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include "notebook.h"

int main(void)
{
	char found[8] = "", word[] = "kernel";
	struct notebook_text wanted = { word, sizeof(word) - 1, 0 };
	__u32 size = 0;
	int file = open("/dev/notebook", O_RDWR);

	setlinebuf(stdout);
	if (file < 0) {
		perror("/dev/notebook");
		return 1;
	}
	ioctl(file, NOTEBOOK_CLEAR);
	printf("written: %zd\n", write(file, "hello from a program to the kernel", 34));
	if (ioctl(file, NOTEBOOK_SIZE, &size) == 0)
		printf("size: %u\n", size);
	if (ioctl(file, NOTEBOOK_FIND, &wanted) == 0)
		printf("found at: %u\n", wanted.offset);
	printf("sought: %ld\n", (long)lseek(file, -6, SEEK_END));
	printf("read: %zd\n", read(file, found, sizeof(found) - 1));
	printf("text: %s\n", found);
	wanted.text = "nothing";
	if (ioctl(file, NOTEBOOK_FIND, &wanted) < 0)
		perror("find");
	if (ioctl(file, NOTEBOOK_SIZE, NULL) < 0)
		perror("size");
	if (ioctl(file, _IO('n', 9)) < 0)
		perror("unknown");
	return 0;
}
