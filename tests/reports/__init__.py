"""Tests of what `pymod check` is told in: each form against its own reference."""
