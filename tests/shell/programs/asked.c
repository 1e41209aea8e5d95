// SPDX-License-Identifier: GPL-2.0-or-later
/* What a program is told of the device of lookout.c, call by call; an argument names the part. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#define TELL(call) tell(#call, (long)(call))

static int file;
static char text[32];
static volatile sig_atomic_t came;

static void tell(const char *call, long result)
{
	if (result < 0)
		printf("%s: %ld %s\n", call, result, strerror(errno));
	else
		printf("%s: %ld\n", call, result);
	errno = 0;
}

static void handler(int number)
{
	came = number;
}

static void handle(int number, int flags)
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = flags };

	sigaction(number, &action, NULL);
}

/* Another program, a moment later. */
static void later(int milliseconds, int number, const char *news)
{
	pid_t parent = getpid();
	int own;

	if (fork())
		return;
	usleep(milliseconds * 1000);
	if (number)
		kill(parent, number);
	if (news) {
		own = open("/dev/lookout", O_WRONLY);
		write(own, news, strlen(news));
	}
	_exit(0);
}

static void ended(void)
{
	while (wait(NULL) > 0)
		;
}

static void requests(void)
{
	TELL(ioctl(file, _IOW('l', 1, int), 5));
	TELL(ioctl(file, _IOWR('l', 2, long), 0));
	TELL(ioctl(file, _IOR('l', 3, char), 7));
	TELL(ioctl(file, _IOW('l', 9, int), 7));
	TELL(ioctl(file, _IO('l', 9), 7));
}

static void places(void)
{
	struct iovec part = { text, 4 };

	TELL(lseek(file, 5, SEEK_SET));
	TELL(lseek(file, 3, SEEK_CUR));
	TELL(lseek(file, 13, SEEK_SET));
	TELL(lseek(file, -4, SEEK_END));
	TELL(lseek(file, 100, 9));
	TELL(lseek(file, 20, SEEK_SET));
	TELL(pwrite(file, "abcdef", 6, 100));
	TELL(pread(file, text, 4, 200));
	TELL(write(file, "abcdef", 6));
	TELL(readv(file, &part, 1));
	TELL(lseek(file, 0, SEEK_CUR));
}

static void kinds(void)
{
	struct stat by_file, by_path;

	TELL(fstat(file, &by_file));
	TELL(stat("/dev/lookout", &by_path));
	printf("%o %d %d %lld\n", by_file.st_mode, major(by_file.st_rdev), by_file.st_rdev == by_path.st_rdev,
	       (long long)by_file.st_size);
	printf("%d %d\n", by_file.st_ino == by_path.st_ino, by_file.st_dev == by_path.st_dev);
	TELL(write(file, "abcdef", 6));
	TELL(sendfile(memfd_create("copy", 0), file, NULL, 4));
	TELL(ftruncate(file, 5));
	TELL(fallocate(file, 0, 0, 5));
	TELL(fsync(file));
	TELL(mmap(NULL, 4096, PROT_READ, MAP_SHARED, file, 0));
	TELL(isatty(file));
}

static void told(void)
{
	handle(SIGIO, 0);
	handle(SIGUSR1, 0);
	TELL(write(file, "one", 3));
	TELL(came);
	TELL(fcntl(file, F_SETOWN, getpid()));
	TELL(fcntl(file, F_SETFL, fcntl(file, F_GETFL) | O_ASYNC));
	TELL(fcntl(file, F_GETFL) & O_ASYNC);
	TELL(write(file, "two", 3));
	TELL(came);
	came = 0;
	TELL(fcntl(file, F_SETSIG, SIGUSR1));
	later(300, 0, "three");
	for (int i = 0; i < 500 && !came; i++)
		usleep(10000);
	TELL(came);
	came = 0;
	ended();
	TELL(fcntl(file, F_SETFL, O_RDWR | O_NONBLOCK));
	TELL(write(file, "four", 4));
	TELL(came);
	TELL(fcntl(file, F_SETFL, O_RDWR | O_ASYNC));
	TELL(read(file, text, sizeof(text)));
}

static void restarted(void)
{
	handle(SIGUSR1, SA_RESTART);
	handle(SIGUSR2, 0);
	later(400, SIGUSR1, NULL);
	later(800, 0, "news");
	TELL(read(file, text, sizeof(text)));
	TELL(came);
	ended();
	later(400, SIGUSR2, NULL);
	TELL(read(file, text, sizeof(text)));
	ended();
	later(400, SIGUSR1, NULL);
	later(800, 0, "more news");
	TELL(ioctl(file, _IOW('l', 4, int), 0));
	TELL(read(file, text, sizeof(text)));
	ended();
	later(400, SIGUSR2, NULL);
	TELL(ioctl(file, _IOW('l', 4, int), 0));
	ended();
}

static void stopped(void)
{
	later(400, SIGSTOP, NULL);
	later(800, SIGCONT, NULL);
	later(1200, 0, "news");
	TELL(read(file, text, sizeof(text)));
	ended();
}

int main(int count, char **words)
{
	static const struct {
		const char *name;
		void (*part)(void);
	} parts[] = {
		{ "requests", requests }, { "places", places }, { "kinds", kinds },
		{ "told", told }, { "restarted", restarted }, { "stopped", stopped },
	};

	setvbuf(stdout, NULL, _IONBF, 0);
	file = open("/dev/lookout", O_RDWR | O_CREAT, 0600);
	for (size_t part = 0; part < sizeof(parts) / sizeof(*parts); part++)
		if (count > 1 && !strcmp(words[1], parts[part].name))
			parts[part].part();
	TELL(close(file));
	return 0;
}
