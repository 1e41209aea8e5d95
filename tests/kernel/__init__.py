"""Tests of modtools/kernel/."""
