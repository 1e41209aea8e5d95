"""drivers/tty/vt/vt.c: The virtual consoles: which is in front, and notifiers."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel import notifier
from modtools.emulate.memory import address_space
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import View, new, view
from modtools.link.memory import PAGE, READ, WRITE

_CONSOLES = 63
_TEXT = 0xB8000
_GREY = 7
_UNDERLINE_CURSOR, _COMPLEMENT, _LETTER_HEIGHT = 2, 0x7700, 16


@variable("fg_console", 4)
def fg_console(_guest: Guest, _address: int) -> None:
    """Leave `fg_console` 0: the first console is in front."""


function("int register_vt_notifier(struct notifier_block *nb)")(notifier.registering("vt"))
function("int unregister_vt_notifier(struct notifier_block *nb)")(notifier.unregistering("vt"))


@variable("vc_cons", 40 * _CONSOLES)
def vc_cons(guest: Guest, address: int) -> None:
    """Enter the first virtual console, the only one that anybody has opened."""
    view(guest, "vc", address).d = _console(guest, new(guest, "vc_data"))


def _console(guest: Guest, console: View) -> int:
    """Fill in the console that is on the screen: a text of grey letters, in memory at 0xb8000."""
    screen = guest.hardware.screen
    origin, row = address_space.PAGE_OFFSET + _TEXT, 2 * screen.columns
    _show(guest, origin)
    console.vc_cols, console.vc_rows, console.vc_bottom = screen.columns, screen.lines, screen.lines
    console.vc_size_row, console.vc_screenbuf_size = row, row * screen.lines
    console.vc_origin = console.vc_visible_origin = origin
    console.vc_scr_end = origin + row * screen.lines
    console.state.x, console.state.y = screen.cursor
    console.state.color = console.vc_attr = console.vc_def_color = _GREY
    console.vc_pos = origin + row * screen.cursor[1] + 2 * screen.cursor[0]
    console.vc_video_erase_char = _GREY << 8 | ord(" ")
    console.vc_can_do_color, console.vc_utf, console.vc_cursor_type = 1, 1, _UNDERLINE_CURSOR
    console.vc_complement_mask = console.vc_s_complement_mask = _COMPLEMENT
    console.vc_font.height = _LETTER_HEIGHT
    console.port.tty = _terminal(guest)
    return console.address()


def _terminal(guest: Guest) -> int:
    """Return the terminal of the first console, which init has open: its name, its driver, and what can be asked of
    it.
    """
    terminal, driver, operations = new(guest, "tty_struct"), new(guest, "tty_driver"), new(guest, "tty_operations")
    operations.ioctl = guest.address_of("vt_ioctl")
    driver.name, driver.major, driver.minor_start, driver.num = guest.new_text(b"tty"), 4, 1, _CONSOLES
    driver.name_base, driver.ops = 1, operations.address()
    terminal.driver, terminal.ops, terminal.count = driver.address(), operations.address(), 1
    guest.memory.write(terminal.address("name"), b"tty1\0")
    return terminal.address()


def _show(guest: Guest, origin: int) -> None:
    """Write what is on the screen into its memory: for each character its letter and its colour."""
    screen = guest.hardware.screen
    guest.memory.map(origin, PAGE, READ | WRITE)
    lines = (screen.text.get(number, "").ljust(screen.columns) for number in range(screen.lines))
    guest.memory.write(origin, b"".join(bytes((ord(letter), _GREY)) for line in lines for letter in line))


@function("u16 *screen_pos(const struct vc_data *vc, int w_offset, bool viewed)")
def screen_pos(guest: Guest, address: int, letters: int, viewed: int) -> int:
    """Return where a letter of a console is, counted from its first one, or from the first one that is seen."""
    console = view(guest, "vc_data", address)
    return int(console.vc_visible_origin if viewed else console.vc_origin) + 2 * letters
