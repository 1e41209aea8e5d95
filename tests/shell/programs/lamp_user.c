// SPDX-License-Identifier: GPL-2.0-or-later
/* Asks the device of lamp.c for structures, waits for it by poll, select and epoll, in threads and in children. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>

struct shade {
	uint8_t red, green, blue;
	uint32_t lasts;
	char name[8];
};

#define LAMP_GET _IOR('L', 1, struct shade)
#define LAMP_SET _IOW('L', 2, struct shade)
#define LAMP_SWAP _IOWR('L', 3, struct shade)
#define LAMP_COUNT _IOWR('L', 4, uint64_t)
#define LAMP_OFF _IO('L', 5)
#define TELL(call) tell(#call, (long)(call))

static int file;
static struct shade shade;

static void tell(const char *call, long result)
{
	printf("%s: %ld %s\n", call, result, result < 0 ? strerror(errno) : "");
}

static void *turn(void *name)
{
	int own = open("/dev/lamp", O_WRONLY);

	usleep(300000);
	dprintf(own, "%s ff,0,7f", (char *)name);
	close(own);
	return NULL;
}

static void later(pthread_t *thread, const char *name)
{
	pthread_create(thread, NULL, turn, (void *)name);
}

static void requests(void)
{
	uint64_t number = 100;

	TELL(ioctl(file, LAMP_GET, &shade));
	printf("%s %d %d %d %u\n", shade.name, shade.red, shade.green, shade.blue, shade.lasts);
	shade = (struct shade){ 9, 8, 7, 6, "second" };
	TELL(ioctl(file, LAMP_SET, &shade));
	shade = (struct shade){ 5, 4, 3, 2, "third" };
	TELL(ioctl(file, LAMP_SWAP, &shade));
	printf("%s %u\n", shade.name, shade.lasts);
	TELL(ioctl(file, LAMP_COUNT, &number));
	printf("%llu\n", (unsigned long long)number);
	TELL(ioctl(file, LAMP_OFF, 77));
	TELL(ioctl(file, LAMP_SET, NULL));
	TELL(ioctl(file, LAMP_GET, (void *)8));
	TELL(ioctl(file, _IO('L', 4), 0));
	TELL(ioctl(file, _IO('X', 4), 0));
	TELL(ioctl(file, _IOW('L', 9, int), 3));
}

static void waits(void)
{
	struct timeval limit = { 3, 0 };
	struct pollfd asked = { file, POLLIN | POLLPRI, 0 };
	struct epoll_event event = { .events = EPOLLIN | EPOLLET, .data.u32 = 5 };
	int epoll = epoll_create1(0);
	pthread_t thread;
	char text[40];
	fd_set set;

	while (fcntl(file, F_SETFL, O_NONBLOCK | O_RDWR), read(file, text, sizeof(text)) > 0)
		;
	TELL(read(file, text, sizeof(text)));
	TELL(poll(&asked, 1, 50));
	later(&thread, "poll");
	TELL(poll(&asked, 1, 3000));
	printf("%x\n", asked.revents);
	pthread_join(thread, NULL);
	TELL(read(file, text, 3));
	later(&thread, "select");
	FD_ZERO(&set);
	FD_SET(file, &set);
	TELL(select(file + 1, &set, NULL, NULL, &limit));
	pthread_join(thread, NULL);
	TELL(read(file, text, sizeof(text)));
	TELL(epoll_ctl(epoll, EPOLL_CTL_ADD, file, &event));
	TELL(epoll_wait(epoll, &event, 1, 50));
	later(&thread, "epoll");
	TELL(epoll_wait(epoll, &event, 1, 3000));
	printf("%u %x\n", event.data.u32, event.events);
	pthread_join(thread, NULL);
	TELL(epoll_wait(epoll, &event, 1, 50));
	TELL(read(file, text, sizeof(text)));
	fcntl(file, F_SETFL, O_RDWR);
	later(&thread, "block");
	TELL(read(file, text, sizeof(text)));
	printf("%.*s\n", 8, text);
	pthread_join(thread, NULL);
}

static void children(void)
{
	char text[40];
	int other = dup(file), status;
	pid_t child = fork();

	if (!child) {
		long got = read(other, text, sizeof(text));

		_exit(got == 10 ? !!strncmp(text, "parent", 6) : 9);
	}
	usleep(300000);
	close(other);
	TELL(write(file, "parent 1,2,3", 12));
	waitpid(child, &status, 0);
	TELL(WEXITSTATUS(status));
	TELL(write(file, "much too long a name for a lamp 1,2,3", 37));
	TELL(lseek(file, 0, SEEK_SET));
	TELL(pread(file, text, 4, 0));
}

int main(void)
{
	setvbuf(stdout, NULL, _IONBF, 0);
	file = open("/dev/lamp", O_RDWR | O_CLOEXEC);
	requests();
	waits();
	children();
	TELL(close(file));
	TELL(close(file));
	return 0;
}
