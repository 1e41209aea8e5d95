"""Whether a module's signature is by a key that the kernel trusts.

From Linux 6.1: `kernel/module/signing.c: mod_verify_sig()`, `certs/system_keyring.c: verify_pkcs7_signature()`.
"""

from __future__ import annotations

from functools import lru_cache

from modtools.errors import FormatError
from modtools.formats.signature import PublicKey, Verdict, certificates, parse, verify
from modtools.kernel.facts import KEYS
from modtools.kernel.state import Kernel
from modtools.linuxerrno import EBADMSG, EKEYREJECTED, ENOKEY, ENOPKG


def verdict(kernel: Kernel, body: bytes, message: bytes) -> int:
    """Return 0 for a signature by one of the kernel's keys, else an errno. Where the keys are not known, every sound
    signature is taken for good.
    """
    trusted = kernel.sources.certificates()
    try:
        signature = parse(message)
        if KEYS in kernel.identity.unknown or kernel.sources.profile() is None:
            return 0
        return _ERRNO[verify(body, signature, _keys(trusted))]
    except FormatError:
        return EBADMSG


@lru_cache(maxsize=8)
def _keys(trusted: tuple[bytes, ...]) -> tuple[PublicKey, ...]:
    """Return the keys in certificates, which are a kernel's for all its modules."""
    return tuple(key for certificate in trusted for key in certificates(certificate))


_ERRNO = {
    Verdict.GOOD: 0,
    Verdict.BAD: EKEYREJECTED,
    Verdict.UNKNOWN_KEY: ENOKEY,
    Verdict.UNSUPPORTED: ENOPKG,
}
