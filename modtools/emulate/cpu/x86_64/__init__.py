"""x86-64 as the emulated processor: its registers, calls, instructions and faults; `abi` has them as one value."""
