"""Tests of modtools/tools/."""
