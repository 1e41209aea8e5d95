"""What may be written to a uevent file, by `kobject_action_type()` and `kobject_action_args()`."""

from __future__ import annotations

import pytest

from modtools.errors import KernelError
from modtools.kernel.files.uevents import write
from modtools.linuxerrno import EINVAL
from tests.kernel.module.test_resolve import kernel, log

UUID = "01234567-89ab-cdef-0123-456789ABCDEF"
ACTION, ARGUMENTS = "unknown uevent action string", "incorrect uevent action arguments"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        *((action, "") for action in "add remove change move online offline bind unbind".split()),
        ("add\n", ""), ("add\0", ""), ("add\n\n", ACTION), ("", ACTION), ("ADD", ACTION), ("adds", ACTION),
        (f"add {UUID}", ""), (f"add {UUID}\n", ""), (f"change {UUID} A=1 b2=C3", ""), ("add ", ARGUMENTS),
        (f"add {UUID[:-1]}", ARGUMENTS), (f"add {UUID} ", ARGUMENTS), (f"add {UUID} A", ARGUMENTS),
        (f"add {UUID} A=", ARGUMENTS), (f"add {UUID} A=_", ARGUMENTS), (f"add {UUID}  A=1", ARGUMENTS),
        (f"what {UUID}", ACTION), (f"add x{UUID}", ARGUMENTS),
    ],
)  # fmt: skip
def test_actions_and_their_words(text: str, wrong: str) -> None:
    """An action, a UUID, and any number of keys with values; what is wrong is logged with the place."""
    into = kernel()
    if not wrong:
        write(into, "/module/m", text)
        assert log(into) == []
        return
    with pytest.raises(KernelError) as refused:
        write(into, "/module/m", text)
    assert refused.value.errno == EINVAL
    assert log(into) == [f"<4>synth uevent: /module/m: {wrong}"]
