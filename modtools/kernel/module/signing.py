"""The signature at the end of a module: cut off, looked at, believed or not.

From Linux 6.1: `kernel/module/signing.c: module_sig_check(), mod_verify_sig()`, `kernel/module_signature.c:
mod_check_sig()`, `security/lockdown/lockdown.c`.

    ...  the module
    ...  the signature, sig_len bytes
    12   struct module_signature: algo, hash, id_type, signer_len, key_id_len, 3 zero bytes, sig_len (big endian)
    28   "~Module signature appended~\\n"
"""

from __future__ import annotations

from modtools import causes
from modtools.errors import Cause, KernelError
from modtools.formats.trailer import MARKER
from modtools.kernel.log import ERR, NOTICE
from modtools.kernel.state import Kernel
from modtools.linuxerrno import EBADMSG, EKEYREJECTED, ENODATA, ENOKEY, ENOPKG, EPERM

_TRAILER = 12
_PKCS7 = 2

# Why a module that can be loaded all the same counts as unsigned.
_UNSIGNED = {
    ENODATA: "unsigned module",
    ENOPKG: "module with unsupported crypto",
    ENOKEY: "module with unavailable key",
}


def check(kernel: Kernel, image: bytes, mangled: bool) -> tuple[bytes, bool]:
    """Return the module without its signature, and whether that is good. Raises KernelError for a bad one.

    The signature of a module that was changed on purpose (`mangled`) is not looked at.
    """
    if not kernel.identity.config.module_sig:
        return image, False
    error = ENODATA
    if not mangled and len(image) > len(MARKER) and image.endswith(MARKER):
        image, error = _verify(kernel, image[: -len(MARKER)])
    if not error:
        return image, True
    if not kernel.identity.features.tells_unsigned:
        return image, _unsigned_is_missing_key(kernel, error)
    if error not in _UNSIGNED:
        raise KernelError(error, Cause(causes.SIGNATURE_BAD))
    _enforce(kernel, error)
    return image, False


def _unsigned_is_missing_key(kernel: Kernel, error: int) -> bool:
    """Return False: the module is unsigned. Raise KernelError for any other fault than a missing key, or where that
    is one, too.

    From Linux 4.19: `kernel/module.c: module_sig_check()`.
    """
    if error not in (ENODATA, ENOKEY):
        raise KernelError(error, Cause(causes.SIGNATURE_BAD))
    if kernel.policy.sig_enforce:
        raise KernelError(ENOKEY, Cause(causes.SIGNATURE_ENFORCED, detail=_UNSIGNED[error]))
    return False


def _verify(kernel: Kernel, signed: bytes) -> tuple[bytes, int]:
    """Return the body of a signed module, and what is wrong with its signature: an errno, 0 for nothing."""
    from modtools.kernel.module import keys  # a module that is not signed needs no cryptography

    if len(signed) <= _TRAILER:
        return signed, EBADMSG
    trailer = signed[-_TRAILER:]
    length = int.from_bytes(trailer[8:], "big")
    if length >= len(signed) - _TRAILER:
        return signed, EBADMSG
    if trailer[2] != _PKCS7:
        named = kernel.identity.features.names_signed_file
        kernel.printk(ERR, f"{'module: not' if named else 'Module is not'} signed with expected PKCS#7 message")
        return signed, ENOPKG
    if trailer[0] or trailer[1] or trailer[3:8] != bytes(5):
        named = kernel.identity.features.names_signed_file
        kernel.printk(ERR, f"{'module: ' * named}PKCS#7 signature info has unexpected non-zero params")
        return signed, EBADMSG
    end = len(signed) - _TRAILER - length
    return signed[:end], keys.verdict(kernel, signed[:end], signed[end:-_TRAILER])


def _enforce(kernel: Kernel, error: int) -> None:
    """Refuse an unsigned module where the command line asks for that. Raises KernelError."""
    policy = kernel.policy
    if policy.sig_enforce:
        kernel.printk(NOTICE, f"Loading of {_UNSIGNED[error]} is rejected")
        raise KernelError(EKEYREJECTED, Cause(causes.SIGNATURE_ENFORCED, detail=_UNSIGNED[error]))
    if policy.lockdown:
        program = kernel.program
        kernel.printk(NOTICE, f"Lockdown: {program}: unsigned module loading is restricted; see man kernel_lockdown.7")
        raise KernelError(EPERM, Cause(causes.SIGNATURE_LOCKDOWN, detail=policy.lockdown))
