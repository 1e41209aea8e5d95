/* What the kernel answers and logs when modules are inserted and removed one after the other.
 *
 *   load FILE|-NAME...      finit_module(FILE, "", 0), or delete_module(NAME, O_NONBLOCK)
 *
 * Standard output, a line each:
 *   @try STEP         this argument is tried now
 *   @errno N          what the call answered: 0, or an error number
 *   @killed N         instead of that, the process that made the call died by this signal; nothing is tried after it
 *   @log RECORD       a record of /dev/kmsg that was there when the call returned: level,sequence,us,flags;text
 *   @module LINE      after an insert that succeeded, the module's line in /proc/modules
 *   @late RECORD      a record that came in the moment afterwards, from a work queue or the like
 *   @lost             records were overwritten before they could be read
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CALL_SECONDS = 45, MOMENT_MICROSECONDS = 3000 };

static int kmsg, kmsg_writer;

/* A line without a newline cannot be read before the next one begins: begin one. It needs printk.devkmsg=on. */
static void finish_line(void)
{
	if (write(kmsg_writer, "<7>@mark\n", 9) != 9)
		puts("@lost");
}

static void print_records(const char *tag)
{
	char record[16384], *end, *text;
	ssize_t size;

	finish_line();
	for (;;) {
		size = read(kmsg, record, sizeof(record) - 1);
		if (size < 0 && errno == EPIPE) {
			puts("@lost");
			continue;
		}
		if (size <= 0)
			return;
		record[size] = 0;
		end = strchr(record, '\n');
		if (end)
			*end = 0;
		text = strchr(record, ';');
		if (!text || strcmp(text, ";@mark"))
			printf("%s %s\n", tag, record);
	}
}

static void print_module(const char *file)
{
	const char *base = strrchr(file, '/') ? strrchr(file, '/') + 1 : file;
	size_t size = strcspn(base, "."), at;
	FILE *modules = fopen("/proc/modules", "r");
	char line[8192];

	while (modules && fgets(line, sizeof(line), modules)) {
		for (at = 0; at < size && line[at] == (base[at] == '-' ? '_' : base[at]); at++)
			;
		if (at == size && line[at] == ' ')
			printf("@module %s", line);
	}
}

static long call(const char *step)
{
	int file;

	if (step[0] == '-')
		return syscall(SYS_delete_module, step + 1, O_NONBLOCK);
	file = open(step, O_RDONLY | O_CLOEXEC);
	return file < 0 ? -1 : syscall(SYS_finit_module, file, "", 0);
}

static void try(const char *step)
{
	long result;

	alarm(CALL_SECONDS);
	result = call(step);
	printf("@errno %d\n", result ? errno : 0);
	print_records("@log");
	if (!result && step[0] != '-')
		print_module(step);
	fflush(stdout);
	_exit(0);
}

int main(int count, char **steps)
{
	int at, status = 0;

	kmsg = open("/dev/kmsg", O_RDONLY | O_NONBLOCK);
	kmsg_writer = open("/dev/kmsg", O_WRONLY);
	lseek(kmsg, 0, SEEK_END);
	for (at = 1; at < count && !status; at++) {
		printf("@try %s\n", steps[at]);
		fflush(stdout);
		if (!fork())
			try(steps[at]);
		wait(&status);
		if (status)
			printf("@killed %d\n", WTERMSIG(status));
		if (status)
			print_records("@log");
		usleep(at + 1 < count ? MOMENT_MICROSECONDS : 5 * MOMENT_MICROSECONDS);
		print_records("@late");
		fflush(stdout);
	}
	return 0;
}
