"""The processors that can be emulated, by the name of the machine."""

from __future__ import annotations

from modtools.emulate.cpu.abi import Abi
from modtools.emulate.cpu.x86_64 import abi as x86_64

ABIS: dict[str, Abi] = {"x86_64": x86_64.ABI}
