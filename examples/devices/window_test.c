/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Maps the page of /dev/window, reads it and writes to it. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int main(void)
{
	int file = open("/dev/window", O_RDWR);
	char *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);

	if (page == MAP_FAILED) {
		perror("mmap");
		return 1;
	}
	fputs(page, stdout);
	strcpy(page, "written by a program\n");
	return 0;
}
