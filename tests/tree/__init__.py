"""Tests of modtools/tree/."""
