"""drivers/i2c/i2c-core-smbus.c: Transfers of SMBus, by the adapter's own function or by messages of I2C."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.i2c import i2c_core_base as base
from modtools.emulate.linux.drivers.i2c.i2c_core_base import READ, TEN_BITS, say
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import size_of, view
from modtools.kernel.log import ERR
from modtools.light import NamedTuple
from modtools.linuxerrno import EINVAL, EIO, EOPNOTSUPP, EPROTO

_QUICK, _BYTE, _BYTE_DATA, _WORD_DATA, _PROC_CALL, _BLOCK_DATA, _I2C_BLOCK_BROKEN, _BLOCK_PROC_CALL, _I2C_BLOCK_DATA = (
    range(9)
)
"""The kinds of transfers, I2C_SMBUS_* of `include/uapi/linux/i2c.h`."""
_MOST = 32
"""Bytes of a block."""
_PEC, _SCCB = 4, 0x9000
_RECEIVE_LENGTH, _DMA_SAFE = 0x400, 0x200
_DATA = _MOST + 2
_READ_I2C_BLOCK, _READ_BYTE_DATA, _READ_WORD_DATA = 0x04000000, 0x00080000, 0x00200000
"""I2C_FUNC_SMBUS_*."""


class _Message(NamedTuple):
    """A message before it is in memory: its flags, what is sent, or how many bytes are asked for."""

    flags: int
    data: bytes = b""
    asked: int = 0


def _messages(reads: bool, command: int, size: int, block: bytes) -> list[_Message]:
    """Return the messages that a transfer is made of; `block` is what `union i2c_smbus_data` has."""
    first, word, length = bytes((command,)), block[:2], block[0]
    safe = _DMA_SAFE if size in (_BLOCK_DATA, _BLOCK_PROC_CALL, _I2C_BLOCK_DATA) else 0
    if size == _QUICK:
        return [_Message(READ if reads else 0)]
    if size == _BYTE:
        return [_Message(READ, asked=1)] if reads else [_Message(0, first)]
    if size == _PROC_CALL:
        return [_Message(0, first + word), _Message(READ, asked=2)]
    if size == _BLOCK_PROC_CALL:
        return [_Message(safe, first + block[: length + 1]), _Message(READ | _RECEIVE_LENGTH | safe, asked=1)]
    if reads:
        answers = {
            _BYTE_DATA: _Message(READ, asked=1),
            _WORD_DATA: _Message(READ, asked=2),
            _BLOCK_DATA: _Message(READ | _RECEIVE_LENGTH | safe, asked=1),
            _I2C_BLOCK_DATA: _Message(READ | safe, asked=length),
        }
        return [_Message(0, first), answers[size]]
    sent = {
        _BYTE_DATA: word[:1],
        _WORD_DATA: word,
        _BLOCK_DATA: block[: length + 1],
        _I2C_BLOCK_DATA: block[1 : length + 1],
    }
    return [_Message(safe, first + sent[size])]


def _emulate(
    guest: Guest, adapter: int, address: int, flags: int, reads: bool, command: int, size: int, data: int
) -> int:
    """Do a transfer by messages of I2C; return 0 or an error (`i2c_smbus_xfer_emulated()`). Checksums stop the run."""
    block = guest.memory.read(data, _DATA) if data else bytes(_DATA)
    if size > _I2C_BLOCK_DATA or size == _I2C_BLOCK_BROKEN:
        say(guest, ERR, adapter, f"Unsupported transaction {size}")
        return -EOPNOTSUPP
    if flags & _PEC and size not in (_QUICK, _I2C_BLOCK_DATA):
        raise Needs("checksums of SMBus")
    sends = size in (_BLOCK_DATA, _BLOCK_PROC_CALL) and not (size == _BLOCK_DATA and reads)
    if block[0] > _MOST and (sends or size == _I2C_BLOCK_DATA):
        kind = "read" if reads else "write"
        say(guest, ERR, adapter, f"Invalid block {kind if size == _I2C_BLOCK_DATA else 'write'} size {block[0]}")
        return -EINVAL
    messages = _messages(reads, command, size, block)
    answer, result = _send(guest, adapter, address, flags & (TEN_BITS | _PEC | _SCCB), messages)
    if result < 0:
        return result
    if result != len(messages):
        return -EIO
    return _take(guest, adapter, data, size, answer) if messages[-1].flags & READ and size != _QUICK else 0


def _send(guest: Guest, adapter: int, address: int, flags: int, messages: list[_Message]) -> tuple[bytes, int]:
    """Hand messages to an adapter; return what the last one has read, and how many are done, or an error."""
    step = size_of(guest, "i2c_msg")
    table = guest.heap.kmalloc(step * len(messages))
    buffers = [guest.heap.kmalloc(_DATA + 2) for _ in messages]
    for number, (message, buffer) in enumerate(zip(messages, buffers, strict=True)):
        row = view(guest, "i2c_msg", table + step * number)
        row.addr, row.flags, row.buf = address, flags | message.flags, buffer
        row.len = len(message.data) or message.asked
        guest.memory.write(buffer, message.data)
    result = base.transfer(guest, adapter, table, len(messages))
    answer = guest.memory.read(buffers[-1], _DATA)
    for place in (*buffers, table):
        guest.heap.free(place)
    return answer, int(result)


def _take(guest: Guest, adapter: int, data: int, size: int, answer: bytes) -> int:
    """Store what was read; return 0, or -EPROTO for a block that is too long."""
    if size in (_BLOCK_DATA, _BLOCK_PROC_CALL):
        if answer[0] > _MOST:
            say(guest, ERR, adapter, f"Invalid block size returned: {answer[0]}")
            return -EPROTO
        guest.memory.write(data, answer[: answer[0] + 1])
    elif size == _I2C_BLOCK_DATA:
        guest.memory.write(data + 1, answer[: guest.memory.u8(data)])
    else:
        guest.memory.write(data, answer[: 1 if size in (_BYTE, _BYTE_DATA) else 2])
    return 0


@function(
    "s32 __i2c_smbus_xfer(struct i2c_adapter *adapter, u16 addr, unsigned short flags, char read_write, u8 command,"
    " int protocol, union i2c_smbus_data *data)"
)
def transfer(
    guest: Guest, adapter: int, address: int, flags: int, reads: int, command: int, size: int, data: int
) -> int:
    """Do a transfer of SMBus for a caller who has the bus; return 0 or an error."""
    row = view(guest, "i2c_adapter", adapter)
    algorithm, flags = view(guest, "i2c_algorithm", row.algo), flags & (TEN_BITS | _PEC | _SCCB)
    if own := algorithm.smbus_xfer:
        words = (adapter, address, flags, reads & 0xFF, command, size, data)
        result = base.repeat(guest, row, lambda: guest.call_signed(own, *words))
        if result != -EOPNOTSUPP or not algorithm.master_xfer:
            return result
    return _emulate(guest, adapter, address, flags, bool(reads), command, size, data)


@function(
    "s32 i2c_smbus_xfer(struct i2c_adapter *adapter, u16 addr, unsigned short flags, char read_write, u8 command,"
    " int protocol, union i2c_smbus_data *data)"
)
def i2c_smbus_xfer(
    guest: Guest, adapter: int, address: int, flags: int, reads: int, command: int, size: int, data: int
) -> int:
    """Keep the bus and do a transfer of SMBus; return 0 or an error."""
    give_back = base.lock(guest, adapter)
    try:
        return int(transfer(guest, adapter, address, flags, reads, command, size, data))
    finally:
        give_back()


def _ask(guest: Guest, client: int, command: int, size: int, sent: bytes | None, reads: bool) -> tuple[int, bytes]:
    """Do a transfer for a client; return 0 or an error, and what `union i2c_smbus_data` has then."""
    row, data = view(guest, "i2c_client", client), 0
    if sent is not None:
        data = guest.heap.kmalloc(_DATA)
        guest.memory.write(data, sent)
    result = int(i2c_smbus_xfer(guest, row.adapter, row.addr, row.flags, int(reads), command, size, data))
    answer = guest.memory.read(data, _DATA) if data else b""
    if data:
        guest.heap.free(data)
    return result, answer


def _read(guest: Guest, client: int, command: int, size: int, length: int) -> int:
    result, answer = _ask(guest, client, command, size, b"", True)
    return result if result < 0 else int.from_bytes(answer[:length], "little")


@function("s32 i2c_smbus_read_byte(const struct i2c_client *client)")
def i2c_smbus_read_byte(guest: Guest, client: int) -> int:
    """Read a byte of a client; return it or an error."""
    return _read(guest, client, 0, _BYTE, 1)


@function("s32 i2c_smbus_write_byte(const struct i2c_client *client, u8 value)")
def i2c_smbus_write_byte(guest: Guest, client: int, value: int) -> int:
    """Send a byte to a client; return 0 or an error."""
    return _ask(guest, client, value, _BYTE, None, False)[0]


@function("s32 i2c_smbus_read_byte_data(const struct i2c_client *client, u8 command)")
def i2c_smbus_read_byte_data(guest: Guest, client: int, command: int) -> int:
    """Read a register of one byte; return it or an error."""
    return _read(guest, client, command, _BYTE_DATA, 1)


@function("s32 i2c_smbus_write_byte_data(const struct i2c_client *client, u8 command, u8 value)")
def i2c_smbus_write_byte_data(guest: Guest, client: int, command: int, value: int) -> int:
    """Write a register of one byte; return 0 or an error."""
    return _ask(guest, client, command, _BYTE_DATA, bytes((value,)), False)[0]


@function("s32 i2c_smbus_read_word_data(const struct i2c_client *client, u8 command)")
def i2c_smbus_read_word_data(guest: Guest, client: int, command: int) -> int:
    """Read a register of two bytes; return it or an error."""
    return _read(guest, client, command, _WORD_DATA, 2)


@function("s32 i2c_smbus_write_word_data(const struct i2c_client *client, u8 command, u16 value)")
def i2c_smbus_write_word_data(guest: Guest, client: int, command: int, value: int) -> int:
    """Write a register of two bytes; return 0 or an error."""
    return _ask(guest, client, command, _WORD_DATA, value.to_bytes(2, "little"), False)[0]


def _read_block(guest: Guest, client: int, command: int, size: int, sent: bytes, values: int) -> int:
    """Read a block into a buffer; return its length, or an error."""
    result, answer = _ask(guest, client, command, size, sent, True)
    if result:
        return result
    guest.memory.write(values, answer[1 : answer[0] + 1])
    return answer[0]


def _write_block(guest: Guest, client: int, command: int, size: int, length: int, values: int) -> int:
    length = min(length, _MOST)
    block = bytes((length,)) + guest.memory.read(values, length)
    return _ask(guest, client, command, size, block, False)[0]


@function("s32 i2c_smbus_read_block_data(const struct i2c_client *client, u8 command, u8 *values)")
def i2c_smbus_read_block_data(guest: Guest, client: int, command: int, values: int) -> int:
    """Read a block whose length the client says; return that, or an error."""
    return _read_block(guest, client, command, _BLOCK_DATA, b"", values)


@function("s32 i2c_smbus_write_block_data(const struct i2c_client *client, u8 command, u8 length, const u8 *values)")
def i2c_smbus_write_block_data(guest: Guest, client: int, command: int, length: int, values: int) -> int:
    """Send a block of at most 32 bytes with its length; return 0 or an error."""
    return _write_block(guest, client, command, _BLOCK_DATA, length, values)


@function("s32 i2c_smbus_read_i2c_block_data(const struct i2c_client *client, u8 command, u8 length, u8 *values)")
def i2c_smbus_read_i2c_block_data(guest: Guest, client: int, command: int, length: int, values: int) -> int:
    """Read at most 32 bytes from a register on; return how many, or an error."""
    return _read_block(guest, client, command, _I2C_BLOCK_DATA, bytes((min(length, _MOST),)), values)


@function(
    "s32 i2c_smbus_write_i2c_block_data(const struct i2c_client *client, u8 command, u8 length, const u8 *values)"
)
def i2c_smbus_write_i2c_block_data(guest: Guest, client: int, command: int, length: int, values: int) -> int:
    """Write at most 32 bytes from a register on; return 0 or an error."""
    return _write_block(guest, client, command, _I2C_BLOCK_DATA, length, values)
