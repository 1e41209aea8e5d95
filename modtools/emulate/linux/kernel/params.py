"""kernel/params.c: The operations of module parameters, for modules that call them themselves.

The kernel proper sets parameters without them (`modtools.kernel.params.types`).
"""

from __future__ import annotations

from collections.abc import Callable

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib.kstrtox import store_integer
from modtools.emulate.parameters import fetch_one, store_one
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import view
from modtools.errors import KernelError
from modtools.kernel.params.types import TYPES
from modtools.linuxerrno import EINVAL

_FLAG_NO_ARGUMENT = 1


def _set(kind: str) -> Callable[[Guest, int, int], int]:
    def setter(guest: Guest, text: int, parameter: int) -> int:
        row = TYPES[kind]
        if not text and not (row.bare or kind in ("invbool", "bint")):
            return -EINVAL
        try:
            value = row.parse(guest.text(text) if text else "1")
        except KernelError as error:
            return -error.errno
        store_one(guest, kind, view(guest, "kernel_param", parameter).arg, value)
        return 0

    return setter


def _get(kind: str) -> Callable[[Guest, int, int], int]:
    def getter(guest: Guest, buffer: int, parameter: int) -> int:
        value = fetch_one(guest, kind, view(guest, "kernel_param", parameter).arg)
        text = TYPES[kind].show(value).encode("utf-8", "surrogateescape") + b"\n"
        guest.memory.write(buffer, text + b"\0")
        return len(text)

    return getter


def _ops(kind: str) -> Callable[[Guest, int], None]:
    def fill(guest: Guest, address: int) -> None:
        row = view(guest, "kernel_param_ops", address)
        row.flags = _FLAG_NO_ARGUMENT if TYPES[kind].bare else 0
        if kind != "bool_enable_only":
            row.set, row.get = guest.address_of(f"param_set_{kind}"), guest.address_of(f"param_get_{kind}")

    return fill


def _nothing(_guest: Guest, _address: int) -> None:
    """Leave the operations empty: the kernel proper handles these types, and no module looks inside."""


function("int param_set_byte(const char *val, const struct kernel_param *kp)")(_set("byte"))
function("int param_get_byte(char *buffer, const struct kernel_param *kp)")(_get("byte"))
variable("param_ops_byte", 32)(_ops("byte"))
function("int param_set_short(const char *val, const struct kernel_param *kp)")(_set("short"))
function("int param_get_short(char *buffer, const struct kernel_param *kp)")(_get("short"))
variable("param_ops_short", 32)(_ops("short"))
function("int param_set_ushort(const char *val, const struct kernel_param *kp)")(_set("ushort"))
function("int param_get_ushort(char *buffer, const struct kernel_param *kp)")(_get("ushort"))
variable("param_ops_ushort", 32)(_ops("ushort"))
function("int param_set_int(const char *val, const struct kernel_param *kp)")(_set("int"))
function("int param_get_int(char *buffer, const struct kernel_param *kp)")(_get("int"))
variable("param_ops_int", 32)(_ops("int"))
function("int param_set_uint(const char *val, const struct kernel_param *kp)")(_set("uint"))
function("int param_get_uint(char *buffer, const struct kernel_param *kp)")(_get("uint"))
variable("param_ops_uint", 32)(_ops("uint"))
function("int param_set_long(const char *val, const struct kernel_param *kp)")(_set("long"))
function("int param_get_long(char *buffer, const struct kernel_param *kp)")(_get("long"))
variable("param_ops_long", 32)(_ops("long"))
function("int param_set_ulong(const char *val, const struct kernel_param *kp)")(_set("ulong"))
function("int param_get_ulong(char *buffer, const struct kernel_param *kp)")(_get("ulong"))
variable("param_ops_ulong", 32)(_ops("ulong"))
function("int param_set_ullong(const char *val, const struct kernel_param *kp)")(_set("ullong"))
function("int param_get_ullong(char *buffer, const struct kernel_param *kp)")(_get("ullong"))
variable("param_ops_ullong", 32)(_ops("ullong"))
function("int param_set_hexint(const char *val, const struct kernel_param *kp)")(_set("hexint"))
function("int param_get_hexint(char *buffer, const struct kernel_param *kp)")(_get("hexint"))
variable("param_ops_hexint", 32)(_ops("hexint"))
function("int param_set_charp(const char *val, const struct kernel_param *kp)")(_set("charp"))
function("int param_get_charp(char *buffer, const struct kernel_param *kp)")(_get("charp"))
variable("param_ops_charp", 32)(_ops("charp"))
function("int param_set_bool(const char *val, const struct kernel_param *kp)")(_set("bool"))
function("int param_get_bool(char *buffer, const struct kernel_param *kp)")(_get("bool"))
variable("param_ops_bool", 32)(_ops("bool"))
function("int param_set_invbool(const char *val, const struct kernel_param *kp)")(_set("invbool"))
function("int param_get_invbool(char *buffer, const struct kernel_param *kp)")(_get("invbool"))
variable("param_ops_invbool", 32)(_ops("invbool"))
function("int param_set_bint(const char *val, const struct kernel_param *kp)")(_set("bint"))
function("int param_get_bint(char *buffer, const struct kernel_param *kp)")(_get("bint"))
variable("param_ops_bint", 32)(_ops("bint"))
variable("param_ops_bool_enable_only", 32)(_nothing)
variable("param_ops_string", 32)(_nothing)
variable("param_array_ops", 32)(_nothing)


@function(
    "int param_set_uint_minmax(const char *val, const struct kernel_param *kp, unsigned int min, unsigned int max)"
)
def param_set_uint_minmax(guest: Guest, text: int, parameter: int, low: int, high: int) -> int:
    """Set an unsigned parameter; return 0, or an error for a text that is no number from `min` to `max`."""
    place = guest.heap.kmalloc(4)
    result = store_integer(guest, guest.memory.text(text), 0, place, bits=32, signed=False) if text else -EINVAL
    value = guest.memory.u32(place)
    guest.heap.free(place)
    if result or not low <= value <= high:
        return result or -EINVAL
    guest.memory.put(view(guest, "kernel_param", parameter).arg, value, 4)
    return 0


@function("void kernel_param_lock(struct module *mod)", "void kernel_param_unlock(struct module *mod)")
def kernel_param_lock(_guest: Guest, _module: int) -> None:
    """Do nothing: nobody else changes parameters meanwhile."""
