"""Single functions of the kernel, called as a module would call them."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.pci import search
from modtools.emulate.linux.fs import open
from modtools.emulate.linux.kernel import cpu, cred, resource, softirq
from modtools.emulate.linux.kernel.irq import manage
from modtools.emulate.linux.lib import iov_iter, parser, rhashtable, textsearch, vsprintf
from modtools.emulate.memory import address_space
from modtools.emulate.printf import flagnames, pointers
from modtools.emulate.printf.conversion import Spec
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import new, view
from modtools.link.memory import PAGE
from modtools.linuxerrno import EBUSY, EEXIST, EINVAL, ENOENT
from tests.emulated import code, log

pytest.importorskip("unicorn")

SHARED = 0x80


def words(guest: Guest, *values: int) -> int:
    """The address of some words."""
    place = guest.heap.kmalloc(8 * len(values))
    for number, value in enumerate(values):
        guest.memory.put(place + 8 * number, value, 8)
    return place


def test_flags_of_a_page_are_spelled_as_the_document_shows() -> None:
    """`Documentation/core-api/printk-formats.rst` has this very example."""
    expected = "0x17ffffc0002036(referenced|uptodate|lru|active|private|node=0|zone=2|lastcpupid=0x1fffff)"
    assert flagnames.spell_page(0x17FFFFC0002036) == expected


def test_flags_without_a_name_are_a_number() -> None:
    """What is left when all names were taken out stands at the end; nothing at all is nothing."""
    assert flagnames.spell(0x400CC0 | 1 << 30, flagnames.ALLOCATION) == "GFP_KERNEL_ACCOUNT|0x40000000"
    assert flagnames.spell(0, flagnames.AREA) == ""


@pytest.mark.parametrize(
    ("port", "answer"), [(0x2F, 0xFF), (0x300, 0xFF), (0x71, None), (0x1F7, None), (0xCFC, None), (0xC000, None)]
)
def test_a_port_where_nothing_is_reads_as_ones(guest: Guest, port: int, answer: int | None) -> None:
    """IN gives all ones there; where the machine has something, which is not emulated, the run stops and says where."""
    read = code(guest, f"31c0 ba{port.to_bytes(4, 'little').hex()} ec c3")  # xor eax,eax; mov edx,port; in al,dx; ret
    if answer is not None:
        assert guest.call(read) == answer
    else:
        with pytest.raises(Needs, match=f"the device at port {port:#x}"):
            guest.call(read)


def test_a_port_is_written_for_the_time_it_takes(guest: Guest) -> None:
    """OUT to 0x80 is how the kernel waits; OUT to a device stops the run."""
    assert guest.call(code(guest, "31c0 e680 c3")) == 0
    with pytest.raises(Needs, match="port 0x70"):
        guest.call(code(guest, "31c0 e670 c3"))


def test_ports_are_reserved_once(guest: Guest) -> None:
    """What is free is reserved by one, what the kernel has at boot by none; giving back what is not given is told."""
    ports, name = guest.address_of("ioport_resource"), guest.new_text(b"mine")
    first = resource.request_region(guest, ports, 0x2E, 2, name, 0)
    row = view(guest, "resource", first)
    assert (row.start, row.end, row.name, row.parent) == (0x2E, 0x2F, name, ports)
    assert resource.request_region(guest, ports, 0x2F, 1, name, 0) == 0
    assert resource.request_region(guest, ports, 0x70, 2, name, 0) == 0
    assert resource.request_region(guest, ports, 0xFFFF, 2, name, 0) == 0
    resource.release_region(guest, ports, 0x2E, 2)
    assert resource.request_region(guest, ports, 0x2F, 1, name, 0)
    resource.release_region(guest, ports, 0x2E, 2)
    assert log(guest) == ["<4>Trying to free nonexistent resource <000000000000002e-000000000000002f>"]


def test_devices_are_walked_in_the_order_of_the_bus(guest: Guest) -> None:
    """Asking for any device gives one after the other, with what identifies it."""
    found, device = [], 0
    while device := search.pci_get_device(guest, 0xFFFFFFFF, 0xFFFFFFFF, device):
        row = view(guest, "pci_dev", device)
        found.append((row.vendor, row.device, row.devfn))
    expected = [(there.vendor, there.device) for there in guest.hardware.pci]
    assert [pair[:2] for pair in found] == expected
    assert found[3][2] == 1 << 3 | 3
    assert search.pci_get_device(guest, 0x1002, 0xFFFFFFFF, 0) == 0


def test_interrupts_are_shared_by_those_who_want_to(guest: Guest) -> None:
    """The keyboard's line can be shared with an identity; there is no line 200, and none without a handler."""
    name = guest.new_text(b"mine")
    assert manage.request_threaded_irq(guest, 1, 0x1000, 0, SHARED, name, 0x2000) == 0
    assert manage.request_threaded_irq(guest, 1, 0x1000, 0, SHARED, name, 0) == -EINVAL
    assert manage.request_threaded_irq(guest, 200, 0x1000, 0, 0, name, 0x2000) == -EINVAL
    assert manage.request_threaded_irq(guest, 5, 0, 0, 0, name, 0x2000) == -EINVAL
    assert manage.free_irq(guest, 1, 0x2000) == name
    with pytest.raises(Needs, match="flags of an interrupt"):
        manage.request_threaded_irq(guest, 8, 0x1000, 0, 0, name, 0)


def test_options_are_found_by_their_patterns(guest: Guest) -> None:
    """The first pattern that fits as a whole, a text of one letter at least; its arguments are places in it."""
    patterns = [(1, b"size=%u"), (2, b"mode=%o"), (3, b"name=%s"), (4, b"100%%")]
    table = words(guest, *(part for number, text in patterns for part in (number, guest.new_text(text))), 9, 0)
    arguments = guest.heap.kmalloc(48)

    def match(option: bytes) -> tuple[int, bytes]:
        guest.memory.write(arguments, bytes(48))
        number = parser.match_token(guest, guest.new_text(option), table, arguments)
        start, end = guest.memory.u64(arguments), guest.memory.u64(arguments + 8)
        return number, guest.memory.read(start, end - start) if start else b""

    options = (b"size=0x20", b"size=-1", b"mode=755", b"mode=8", b"name=", b"name=a,b", b"100%", b"size=1 ")
    expected = [(1, b"0x20"), (9, b""), (2, b"755"), (9, b""), (9, b""), (3, b"a,b"), (4, b""), (9, b"")]
    assert [match(option) for option in options] == expected


@pytest.mark.parametrize(
    ("written", "base", "value", "rest"),
    [
        (b"0x1fg", 0, 0x1F, b"g"),
        (b"017 8", 0, 0o17, b" 8"),
        (b"12ab", 10, 12, b"ab"),
        (b"ff", 16, 255, b""),
        (b"0xff", 16, 255, b""),
        (b"0xff", 10, 0, b"xff"),
        (b"x", 0, 0, b"x"),
        (b"-5", 10, 0, b"-5"),
    ],
)
def test_numbers_end_where_their_digits_do(guest: Guest, written: bytes, base: int, value: int, rest: bytes) -> None:
    """simple_strtoul() tells where it has stopped."""
    place, end = guest.new_text(written), guest.heap.kmalloc(8)
    assert vsprintf.simple_strtoul(guest, place, end, base) == value
    assert guest.memory.text(guest.memory.u64(end)) == rest
    assert vsprintf.simple_strtol(guest, guest.new_text(b"-12x"), 0, 10) == -12


def test_an_iterator_goes_over_all_its_pieces(guest: Guest) -> None:
    """Data is moved from one piece into the next, and the iterator can be taken back."""
    pieces = [guest.new_text(b"abc"), guest.new_text(b"defg")]
    table = words(guest, pieces[0], 3, pieces[1], 4)
    iterator, target = new(guest, "iov_iter"), guest.heap.kmalloc(64)
    iov_iter.iov_iter_kvec(guest, iterator.address(), 1, table, 2, 7)
    assert iov_iter.copy_from_iter(guest, target, 5, iterator.address()) == 5
    assert (guest.memory.read(target, 5), iterator.count) == (b"abcde", 2)
    iov_iter.iov_iter_revert(guest, iterator.address(), 4)
    assert iov_iter.copy_from_iter(guest, target, 64, iterator.address()) == 6
    assert (guest.memory.read(target, 6), iterator.count) == (b"bcdefg", 0)


def test_hotplug_states_have_numbers_of_their_own(guest: Guest) -> None:
    """A fixed one is given once, a dynamic one anew each time; the function is called for the processor there is."""
    name, startup = guest.new_text(b"test"), code(guest, "89f8 c3")  # mov eax,edi; ret: 0 for processor 0
    assert cpu.cpuhp_setup_state(guest, 63, name, 1, startup, 0, 0) == 0
    assert cpu.cpuhp_setup_state(guest, 63, name, 1, startup, 0, 0) == -EBUSY
    numbers = [cpu.cpuhp_setup_state(guest, 201, name, 1, startup, 0, 0) for _ in range(2)]
    assert numbers == [201, 202]
    refusing = code(guest, "b8ffffffff c3")
    assert cpu.cpuhp_setup_state(guest, 201, name, 1, refusing, 0, 0) == -1


def test_hash_tables_begin_as_large_as_their_parameters_say(guest: Guest) -> None:
    """A third more than is expected, as a power of two; 64 without a hint; no key and no hash function is an error."""
    params, table = new(guest, "rhashtable_params"), new(guest, "rhashtable")
    assert rhashtable.rhashtable_init(guest, table.address(), params.address()) == -EINVAL
    sizes = []
    for hint in (0, 3, 100):
        params.key_len, params.nelem_hint = 8, hint
        assert rhashtable.rhashtable_init(guest, table.address(), params.address()) == 0
        sizes.append(view(guest, "bucket_table", table.tbl).size)
    assert (sizes, table.key_len, table.max_elems) == ([64, 4, 256], 2, 1 << 31)


def test_rights_are_changed_for_a_while(guest: Guest) -> None:
    """override_creds() gives what was before; a copy goes with its last reference."""
    before = cred.current(guest)
    mine = cred.prepare_creds(guest)
    assert cred.override_creds(guest, mine) == before
    assert (cred.current(guest), view(guest, "cred", mine).usage) == (mine, 2)
    cred.revert_creds(guest, before)
    assert (cred.current(guest), view(guest, "cred", mine).usage) == (before, 1)


def test_there_are_no_files_but_the_kernels(guest: Guest) -> None:
    """Opening one fails; what might be there, or be made, is not answered."""
    assert open.filp_open(guest, guest.new_text(b"/etc/target"), 0, 0) == -ENOENT
    for path, flags in ((b"/proc/version", 0), (b"/tmp/new", 0o100)):
        with pytest.raises(Needs, match="filp_open"):
            open.filp_open(guest, guest.new_text(path), flags, 0)


def test_a_disabled_tasklet_waits(guest: Guest) -> None:
    """It stays scheduled while it is disabled, and runs once when it no longer is."""
    counter = words(guest, 0)
    increment = code(guest, f"48b8{counter.to_bytes(8, 'little').hex()} ff00 c3")  # mov rax,counter; inc dword [rax]
    row = new(guest, "tasklet_struct")
    softirq.tasklet_init(guest, row.address(), increment, 0)
    row.count, row.state = 1, 1
    softirq.tasklet_schedule(guest, row.address())
    guest.scheduler.run_until_idle()
    assert (guest.memory.u32(counter), row.state) == (0, 1)
    row.count = 0
    guest.scheduler.run_until_idle()
    assert (guest.memory.u32(counter), row.state) == (1, 0)


def test_search_algorithms_are_known_by_name(guest: Guest) -> None:
    """A name is given once, and only what was registered is found."""
    row = new(guest, "ts_ops")
    row.name = guest.new_text(b"mine")
    assert textsearch.textsearch_register(guest, row.address()) == 0
    assert textsearch.textsearch_register(guest, row.address()) == -EEXIST
    assert textsearch.textsearch_prepare(guest, guest.new_text(b"kmp"), row.name, 4, 0, 1) == -ENOENT
    assert textsearch.textsearch_unregister(guest, row.address()) == 0
    assert textsearch.textsearch_unregister(guest, row.address()) == -ENOENT


def test_pages_are_found_by_their_place_in_the_table(guest: Guest) -> None:
    """A page's number is that of its entry, wherever modules compute it, and its last reference frees it."""
    from modtools.emulate.linux.mm import mempolicy, page_alloc
    from modtools.emulate.memory import pages

    page = mempolicy.alloc_pages(guest, 0, 1)
    address = pages.address_of_page(page)
    assert (page - address_space.VMEMMAP) // 64 == (address - address_space.PAGE_OFFSET) // PAGE
    assert pages.page_of(address) == page
    assert guest.heap.size(address) == 2 * PAGE
    page_alloc.drop_pages(guest, page, 1)
    assert guest.heap.size(address) == 0


@pytest.mark.parametrize(
    ("extension", "bytes_in_hex", "expected"),
    [
        (b"I4", "c0a80001", b"192.168.0.1"),
        (b"I4l", "c0a80001", b"1.0.168.192"),
        (b"i4", "c0a80001", b"192.168.000.001"),
        (b"I6", "fe80" + "00" * 12 + "0001", b"fe80:0000:0000:0000:0000:0000:0000:0001"),
        (b"i6", "fe80" + "00" * 12 + "0001", b"fe800000000000000000000000000001"),
        (b"I6c", "fe80" + "00" * 12 + "0001", b"fe80::1"),
        (b"I6c", "00" * 16, b"::"),
        (b"I6c", "00" * 10 + "ffff01020304", b"::ffff:1.2.3.4"),
        (b"I6c", "0001000000020003000400050006" + "0007", b"1:0:2:3:4:5:6:7"),
        (b"ISp", "02001f90c0a80001", b"192.168.0.1:8080"),
        (b"ISpc", "0a001f9000000000" + "00" * 15 + "01" + "00" * 4, b"[::1]:8080"),
        (b"ISc", "0a001f9000000000" + "00" * 15 + "01" + "00" * 4, b"::1"),
        (b"ISpfsc", "0a001f9000000005" + "00" * 15 + "01" + "02000000", b"[::1]:8080/5%2"),
        (b"IS", "0100", b"(einval)"),
    ],
)
def test_addresses_of_the_network(guest: Guest, extension: bytes, bytes_in_hex: str, expected: bytes) -> None:
    """IPv4, IPv6 and socket addresses, with the options that printk-formats.rst names."""
    place = guest.heap.kmalloc(64)
    guest.memory.write(place, bytes.fromhex(bytes_in_hex))
    assert pointers.pointer(guest, place, extension, Spec()) == expected


@pytest.mark.parametrize(("name", "bits"), [("__sw_hweight32", 32), ("__sw_hweight64", 64)])
def test_bits_are_counted_and_registers_kept(guest: Guest, name: str, bits: int) -> None:
    """The kernel counts the bits of RDI and changes no register but RAX."""
    place = guest.addresses.resolve(name).to_bytes(8, "little").hex()
    sum_up = code(guest, f"48b8{place} ffd0 4801f8 4801d0 c3")  # call it; add rax,rdi; add rax,rdx
    for value in (0, 1, 0x80000000, 0xFFFFFFFF, 1 << 63, 0x0123456789ABCDEF, (1 << 64) - 1):
        count = (value & (1 << bits) - 1).bit_count()
        assert guest.call(sum_up, value, 0, 5) == (count + value + 5) & (1 << 64) - 1
