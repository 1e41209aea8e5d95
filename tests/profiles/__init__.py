"""Tests of modtools/profiles/."""
