"""Tests of modtools/link/."""
