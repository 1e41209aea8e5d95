"""Tests of modtools/sources/."""
