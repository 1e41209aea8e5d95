"""Who has signed a module, and whose signatures a kernel trusts."""

from __future__ import annotations

from modtools.diagnose.findings import Evidence
from modtools.errors import FormatError
from modtools.formats.signature import PKCS7, certificates, parse, split
from modtools.kernel.facts import KEYS
from modtools.kernel.state import Kernel


def signer(kernel: Kernel, image: bytes) -> dict[str, Evidence]:
    """Return what a signature says of itself, nothing where there is none, and which keys the kernel trusts."""
    told: dict[str, Evidence] = {"trusted": trusted(kernel)}
    try:
        _, trailer = split(image)
        if trailer is None or trailer.id_type != PKCS7 or not trailer.signature:
            return told
        signature = parse(trailer.signature)
    except FormatError as error:
        return told | {"detail": str(error)}
    return told | {
        "signer": signature.common_name or signature.skid.hex() or "somebody without a name",
        "key": signature.skid.hex() or f"{signature.serial:x}",
        "hash": signature.digest,
        "algorithm": signature.algorithm,
    }


def trusted(kernel: Kernel) -> list[str] | None:
    """Return the names of the keys that a kernel trusts; None where they are not known."""
    if KEYS in kernel.identity.unknown:
        return None
    try:
        return [key.common_name for data in kernel.sources.certificates() for key in certificates(data)]
    except FormatError:
        return None
