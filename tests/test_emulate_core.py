"""What stands around a module's code: faults, waiting, the current task, files' structures."""

from __future__ import annotations

import stat

import pytest

from modtools.emulate.calls import perform
from modtools.emulate.cpu.oops import CUT_HERE
from modtools.emulate.files import entries, fileops
from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.base import class_, core
from modtools.emulate.linux.fs.proc import generic
from modtools.emulate.linux.kernel.locking import mutex
from modtools.emulate.linux.kernel.sched import core as sched_core
from modtools.emulate.linux.kernel.sched import wait as wait_functions
from modtools.emulate.linux.lib import list_debug, usercopy
from modtools.emulate.linux.mm import util
from modtools.emulate.memory import user_memory
from modtools.emulate.objects import devices, procfs
from modtools.emulate.printf import pointers
from modtools.emulate.printf.conversion import Spec
from modtools.emulate.stops import Died, Needs
from modtools.emulate.symbols.structs import offset_of, view
from modtools.emulate.tasks import signals, threads
from modtools.errors import KernelError
from modtools.kernel import module_files, nodes
from modtools.kernel.runner import INTERRUPTED, End, Outcome
from modtools.link.memory import PAGE
from modtools.linuxerrno import EEXIST, EFAULT, EINTR, EINVAL, ERESTARTSYS
from tests.emulated import code, log

pytest.importorskip("unicorn")


@pytest.mark.parametrize(
    ("machine_code", "address"),
    [
        ("31c08b7018c3", 0x18),  # mov 0x18(%rax),%esi
        ("31c0c680e000000001c3", 0xE0),  # movb $1,0xe0(%rax)
        ("b8fe0f00008b00c3", 0xFFE),  # mov (%rax),%eax, across two pages
    ],
)
def test_an_oops_names_the_exact_address(guest: Guest, machine_code: str, address: int) -> None:
    """Not that of the page: a reader finds the field of the structure by it."""
    with pytest.raises(Died) as caught:
        guest.call(code(guest, machine_code))
    assert caught.value.oops.address == address
    assert f"<4>CR2: {address:016x}" in log(guest)


def test_who_waits_for_ever_is_ended_by_a_signal(guest: Guest) -> None:
    """An interruptible sleeper gets -ERESTARTSYS, leaves its queue, and nobody complains of a blocked task."""
    queue, entry = guest.heap.kmalloc(24), guest.heap.kmalloc(40)

    def wait(guest: Guest) -> int:
        wait_functions.init_waitqueue_head(guest, queue, 0, 0)
        wait_functions.init_wait_entry(guest, entry, 0)
        assert wait_functions.prepare_to_wait_event(guest, queue, entry, signals.INTERRUPTIBLE) == 0
        sched_core.schedule(guest)
        return int(wait_functions.prepare_to_wait_event(guest, queue, entry, signals.INTERRUPTIBLE))

    assert perform(guest, wait) == Outcome(End.RETURNED, -ERESTARTSYS, INTERRUPTED)
    assert guest.memory.u64(queue + 8) == queue + 8
    assert not log(guest)
    assert perform(guest, lambda guest: int(signals.pending(guest))).value == 0


def test_who_cannot_be_ended_is_complained_about(guest: Guest) -> None:
    """A lock that is taken and never given back blocks an uninterruptible sleeper; others get -EINTR."""
    lock = guest.heap.kmalloc(32)
    mutex.mutex_lock(guest, lock)
    assert perform(guest, lambda guest: mutex.mutex_lock_interruptible(guest, lock)).value == -EINTR
    assert not log(guest)
    stack = guest.stack
    assert perform(guest, lambda guest: mutex.mutex_lock(guest, lock) or 0).end is End.STUCK
    assert "blocked for more than 120 seconds" in log(guest)[0]
    assert guest.stack != stack


def test_an_open_file_knows_its_data_its_name_and_its_kind(guest: Guest) -> None:
    """pde_data() is inline: it reads the inode. %pD follows the dentries, up to the root."""
    folder = procfs.create(guest, "lesson", 0o555, 0, "dir")
    entry = procfs.create(guest, "mine", 0o640, folder, "file", guest.heap.kmalloc(96), 0x1234)
    generic.proc_set_size(guest, entry, 77)
    generic.proc_set_user(guest, entry, 5, 6)
    opened = fileops.OpenFile(guest, writing=False)
    assert opened.open(("proc", entry, 0)) == 0
    assert (opened.inode.i_private, opened.inode.i_mode) == (0x1234, stat.S_IFREG | 0o640)
    assert pointers.dentry(guest, opened.file.address(), "D", Spec()) == b"mine"
    assert pointers.dentry(guest, opened.file.address(), "D4", Spec()) == b"/lesson/mine"
    opened.close()
    shown = entries.entries(guest, "/proc/lesson")["mine"]
    assert (shown.size, shown.user, shown.group) == (77, 5, 6)


def test_root_may_open_what_nobody_may_write(guest: Guest) -> None:
    """/proc leaves it to root's capabilities, and only the write fails; sysfs looks at the mode itself."""
    procfs.create(guest, "mine", 0o444, 0, "file", guest.heap.kmalloc(96), 0)
    node = module_files.makers(guest.kernel, "/proc")["mine"]()
    nodes.check(node, 0, nodes.WRITE)
    with pytest.raises(KernelError):
        nodes.check(node, 1000, nodes.WRITE)


def test_copies_stay_within_the_program(guest: Guest) -> None:
    """The kernel's own memory is no program's; of a stretch that ends too early as much is copied as there is."""
    program, kernel = user_memory.buffer(guest, PAGE - 1), guest.heap.pages(1)
    assert usercopy.to_user(guest, kernel, kernel, 8) == 8
    assert usercopy.from_user(guest, kernel, kernel, 8) == 8
    guest.memory.write(program + PAGE - 4, b"abcd")
    guest.memory.write(kernel, b"12345678")
    assert usercopy.from_user(guest, kernel, program + PAGE - 4, 8) == 4
    assert guest.memory.read(kernel, 8) == b"abcd\0\0\0\0"
    assert util.strndup_user(guest, kernel, 8) == -EFAULT
    assert util.strndup_user(guest, program + PAGE - 4, 8) == -EFAULT
    guest.memory.write(program, b"four\0")
    assert util.strndup_user(guest, program, 4) == -EINVAL
    assert guest.text(util.strndup_user(guest, program, 5)) == "four"


def test_processes_are_a_list(guest: Guest) -> None:
    """for_each_process() finds init, who called, and kernel threads, and comes back to the idle task."""
    current = threads.current(guest)
    thread = threads.create(guest, 0, 0, "mine", started=False)
    head = guest.address_of("init_task") + offset_of(guest, "task_struct", "tasks")
    names, at = [], guest.memory.u64(head)
    while at != head:
        names.append(
            guest.text(at - offset_of(guest, "task_struct", "tasks") + offset_of(guest, "task_struct", "comm"))
        )
        at = guest.memory.u64(at)
    assert names == ["init", guest.kernel.program, "mine"]
    assert view(guest, "task_struct", view(guest, "task_struct", current).real_parent).pid == 1
    threads.release(guest, thread)
    assert guest.memory.u64(head + 8) == current + offset_of(guest, "task_struct", "tasks")


def test_the_current_process_knows_its_kernel(guest: Guest) -> None:
    """utsname() is inline: it goes through current->nsproxy."""
    shared = view(guest, "nsproxy", view(guest, "task_struct", threads.current(guest)).nsproxy)
    name = view(guest, "uts_namespace", shared.uts_ns).name
    assert guest.text(name.address("release")) == guest.kernel.identity.release
    assert guest.text(name.address("version")).startswith("#1 SMP PREEMPT_DYNAMIC Debian 6.1")
    assert shared.net_ns == guest.address_of("init_net")


def test_what_is_not_known_of_a_process_is_named(guest: Guest) -> None:
    """A field that leads to nothing that is there is no NULL pointer of the module's."""
    files_of = view(guest, "task_struct", threads.current(guest)).files
    with pytest.raises(Needs, match="current->files"):
        guest.call(code(guest, f"48b8{files_of.to_bytes(8, 'little').hex()}8b00c3"))


def test_a_name_of_any_bytes_is_one(guest: Guest) -> None:
    """The kernel's names are bytes: those that are no UTF-8 go in and out as they are."""
    name = b"caf\xe9\xff"
    cls = class_.class_create(guest, 0, guest.new_text(name), 0)
    address = core.create(guest, cls, 0, 240 << 20 | 3, 0, 0, name)
    text = name.decode("utf-8", "surrogateescape")
    shown = entries.entries(guest, f"/sys/devices/virtual/{text}/{text}")
    assert fileops.read(guest, shown["uevent"].key) == 0
    assert guest.table("answer")["data"] == b"MAJOR=240\nMINOR=3\nDEVNAME=" + name + b"\n"
    devices.unregister(guest, address)
    assert not entries.entries(guest, f"/sys/class/{text}")


def test_a_device_stands_in_its_class_and_in_dev(guest: Guest) -> None:
    """With the kernel's own files, and the path and permissions that the class's devnode() says."""
    cls = class_.class_create(guest, 0, guest.new_text(b"lesson"), 0)
    path = guest.new_text(b"lessons/one")  # mov $0x1b6 into *mode, and the path is the result
    view(guest, "class", cls).devnode = code(guest, f"66c706b60148b8{path.to_bytes(8, 'little').hex()}c3")
    address = core.create(guest, cls, 0, 240 << 20 | 3, 0, 0, b"one")
    link = entries.entries(guest, "/sys/class/lesson")["one"]
    assert link.target == "../../devices/virtual/lesson/one"
    shown = entries.entries(guest, "/sys/devices/virtual/lesson/one")
    assert shown.keys() == {"uevent", "dev", "subsystem"}
    assert fileops.read(guest, shown["uevent"].key) == 0
    assert guest.table("answer")["data"] == b"MAJOR=240\nMINOR=3\nDEVNAME=lessons/one\nDEVMODE=0666\n"
    assert fileops.write(guest, shown["uevent"].key, b"add\n") == 0
    assert fileops.write(guest, shown["uevent"].key, b"nonsense") == -EINVAL
    assert entries.entries(guest, "/dev/lessons")["one"].mode == stat.S_IFCHR | 0o666
    devices.unregister(guest, address)
    assert not entries.entries(guest, "/sys/class/lesson")
    assert "lessons" not in entries.entries(guest, "/dev")


def test_a_name_in_sys_is_taken_once(guest: Guest) -> None:
    """The second gets -EEXIST and the kernel complains, with the stack; what it had done is taken back."""
    cls = class_.class_create(guest, 0, guest.new_text(b"lesson"), 0)
    assert class_.class_create(guest, 0, guest.new_text(b"lesson"), 0) == -EEXIST
    lines = log(guest)
    assert lines[0] == "<4>sysfs: cannot create duplicate filename '/class/lesson'"
    assert lines[-3:-1] == ["<4> <TASK>", "<4> </TASK>"]
    why = "don't try to register things with the same name in the same directory."
    assert lines[-1] == f"<3>kobject_add_internal failed for lesson with -EEXIST, {why}"
    assert not [line for line in lines if "RIP" in line or "Modules linked in" in line]
    attribute = guest.heap.kmalloc(32)
    guest.memory.put(attribute, guest.new_text(b"value"), 8)
    assert [class_.class_create_file_ns(guest, cls, attribute, 0) for _ in range(2)] == [0, -EEXIST]
    assert core.create(guest, cls, 0, 0, 0, 0, b"one") > 0
    assert core.create(guest, cls, 0, 0, 0, 0, b"one") == -EEXIST
    assert list(entries.entries(guest, "/sys/devices/virtual/lesson")) == ["one"]


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ("E", b'a"\\n\\001c'),
        ("Eh", b"\\x61\\x22\\x0a\\x01\\x63"),
        ("Es", b'a"\\n\x01c'),
        ("Ec", b'a\\"\n\x01c'),
        ("Ea", b'\\141\\"\\n\\001\\143'),
        ("Ehp", b'a"\\x0a\\x01c'),
    ],
)
def test_escapes_by_class(guest: Guest, letters: str, expected: bytes) -> None:
    """%*pE: each letter names characters; h and o are for all that is left, printable ones too unless p is there."""
    place = guest.new_text(b'a"\n\x01c')
    assert pointers.pointer(guest, place, letters.encode(), Spec(width=5)) == expected


def test_the_caller_of_nothing_is_a_number(guest: Guest) -> None:
    """%pB looks one byte before, and says the address as it is where nothing is known of it."""
    assert pointers.pointer(guest, 0x1234, b"B", Spec()) == b"0x1234"


def test_a_damaged_list_is_a_bug(guest: Guest) -> None:
    """An entry that was taken out once is poisoned; the kernel says so and stops (CONFIG_BUG_ON_DATA_CORRUPTION)."""
    entry = guest.heap.kmalloc(16)
    guest.memory.put(entry, 0xDEAD000000000100, 8)
    guest.memory.put(entry + 8, 0xDEAD000000000122, 8)
    guest.frame = [0] * 18
    with pytest.raises(Died):
        list_debug.list_del_entry_valid(guest, entry)
    text = f"<3>list_del corruption, {entry:016x}->next is LIST_POISON1 (dead000000000100)"
    assert log(guest)[:3] == [text, f"<4>{CUT_HERE}", "<2>kernel BUG at lib/list_debug.c:53!"]
    with pytest.raises(Needs):
        list_debug.list_add_valid(guest, entry, guest.heap.kmalloc(16), 0)
