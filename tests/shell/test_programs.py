"""Programs in C that wait for a driver by poll(2) and its like, and by fcntl(2) do not; what FUSE cannot carry."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.shell.typed import typed
from tests.transcripts import HERE

pytestmark = [pytest.mark.fuse, pytest.mark.skipif(not shutil.which("gcc"), reason="needs gcc")]
pytest.importorskip("unicorn")

KO = HERE / "ko/waiting.ko"
PROGRAM = r"""
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>

static int file;

static void later(const char *text)
{
    if (fork() == 0) {
        usleep(400000);
        if (text)
            write(file, text, strlen(text));
        _exit(0);
    }
}

static void polled(const char *who, int events, int timeout)
{
    struct pollfd one = { .fd = file, .events = events };
    int found = poll(&one, 1, timeout);

    printf("%s %d %x\n", who, found, one.revents);
}

static void failed(const char *what, long result)
{
    printf("%s %ld %s\n", what, result, strerror(errno));
}

static void nothing(int number)
{
}

int main(void)
{
    char text[16] = "";
    fd_set set;
    struct timeval limit = { 5, 0 };
    struct epoll_event event = { .events = EPOLLIN };
    struct sigaction action = { .sa_handler = nothing };
    int epoll = epoll_create1(0);

    file = open("/dev/waiting", O_RDWR);
    polled("none", POLLIN, 100);
    polled("room", POLLIN | POLLOUT, 100);
    later("one");
    polled("came", POLLIN, 5000);
    printf("%zd\n", read(file, text, sizeof(text)));
    ioctl(file, _IO('w', 1), 300);
    polled("timer", POLLIN, 5000);
    printf("%zd\n", read(file, text, 1));
    later("two");
    FD_ZERO(&set);
    FD_SET(file, &set);
    printf("%d\n", select(file + 1, &set, 0, 0, &limit));
    printf("%zd\n", read(file, text, sizeof(text)));
    epoll_ctl(epoll, EPOLL_CTL_ADD, file, &event);
    printf("%d\n", epoll_wait(epoll, &event, 1, 100));
    later("three");
    printf("%d\n", epoll_wait(epoll, &event, 1, 5000));
    printf("%zd\n", read(file, text, sizeof(text)));
    fcntl(file, F_SETFL, O_RDWR | O_NONBLOCK);
    failed("read", read(file, text, sizeof(text)));
    fcntl(file, F_SETFL, O_RDWR);
    sigaction(SIGALRM, &action, 0);
    alarm(1);
    failed("read", read(file, text, sizeof(text)));
    printf("%d\n", ioctl(file, _IO('w', 6), 300));
    printf("%d\n", ioctl(file, _IO('w', 8)) == getpid());
    failed("mmap", (long)mmap(0, 4096, PROT_READ, MAP_SHARED, file, 0));
    if (fork() == 0)
        _exit(*(volatile char *)mmap(0, 4096, PROT_READ, MAP_PRIVATE, file, 0));
    while (wait(&epoll) > 0)
        ;
    printf("%d\n", WIFSIGNALED(epoll) && WTERMSIG(epoll) == SIGBUS);
    return 0;
}
"""
TOLD = """none 0 0
room 1 4
came 1 1
3
timer 1 1
1
1
3
0
1
5
read -1 Resource temporarily unavailable
read -1 Interrupted system call
0
1
mmap -1 No such device
1
"""


def test_programs_poll_and_are_told(tmp_path: Path) -> None:
    """By other programs and by timers; flags are changed; mapping is refused, or what is mapped cannot be read."""
    (tmp_path / "test.c").write_text(PROGRAM)
    done = typed(tmp_path, f"gcc -o test test.c && insmod {KO} && ./test")
    assert (done.stdout, done.stderr) == (TOLD, "")
