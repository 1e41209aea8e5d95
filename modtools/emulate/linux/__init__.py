"""The functions and variables of the kernel, laid out as Linux is: lib/string.py has those of lib/string.c.

How to add one: write into the file named as its .c (with _ for -, and _ behind a word of Python, as in class_.py), or
make that file; its first line begins with the path of the .c. Then `make index`.

    @function("size_t strnlen(const char *s, size_t max)")
    def strnlen(guest: Guest, text: int, limit: int) -> int:
        \"\"\"What it does and returns, and where it differs.\"\"\"
        return len(guest.memory.text(text, limit))

The declaration is C, one text for each name that is done by the same function, without a line break. Types are found in
`modtools.emulate.symbols.signature`; an unknown one fails loudly. Every argument comes as an int: pointers and unsigned
types as they are, signed ones with their sign, `...` as `Values` (`values.next(size)`). The result is an int (negative
for an error, `-EINVAL`), a bool or None. A pointer result that carries an error is the same negative number.

    guest.memory        u8/u16/u32/u64/s32(address), put(address, value, size), read(address, size), write(address,
                        bytes), text(address, limit); they raise Fault where the kernel would oops
    guest.text(a)       a C string as str; guest.new_text(b"...") a copy of bytes in kmalloc'ed memory
    guest.heap          kmalloc(size), object(size, align), free(address), pages(count), vmalloc(size), size(address)
    guest.call(f, ...)  call a function at an address (the module's, or a kernel function by its address): its result as
                        an unsigned number; call_signed() for functions that return int
    guest.printk(level, text), guest.log(level, text, cont=)
    guest.table(name)   a dict that is stored with the state: ints, texts, bytes, lists, dicts; keys int, str or tuple
    guest.address_of("seq_read")   the address of a kernel symbol, to put into memory
    guest.module_at(address)       the LoadedModule whose memory (or `struct module`) that is
    guest.now, guest.jiffies, guest.pass_time(nanoseconds), guest.kernel, guest.hardware
    guest.bounded(size) a length that the guest gave: refuses what is beyond reason
    raise Needs("what") stops the run and names what is missing: for every case that is not done as Linux does it

A variable: `@variable("jiffies", 8)` above a function `(guest, address)` that fills its zeroed memory at first use (for
per-cpu variables, too). Machine code: `native("memcpy")`."""
