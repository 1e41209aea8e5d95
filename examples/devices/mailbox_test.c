/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Polls /dev/mailbox before there is a letter, while another process writes one, and afterwards. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int file;

static void ask(const char *when, int milliseconds)
{
	struct pollfd asked = { .fd = file, .events = POLLIN };
	int found = poll(&asked, 1, milliseconds);

	printf("%s: %d%s\n", when, found, asked.revents & POLLIN ? ", there is a letter" : "");
}

int main(void)
{
	char letter[64] = "";

	setlinebuf(stdout);
	file = open("/dev/mailbox", O_RDWR | O_NONBLOCK);
	if (file < 0) {
		perror("/dev/mailbox");
		return 1;
	}
	if (read(file, letter, sizeof(letter)) < 0)
		perror("read");
	ask("before", 100);
	if (fork() == 0) {
		usleep(300000);
		_exit(write(file, "hello", 5) != 5);
	}
	ask("while it comes", 10000);
	printf("read: %zd\n", read(file, letter, sizeof(letter)));
	printf("letter: %s\n", letter);
	ask("afterwards", 100);
	return 0;
}
