"""Tests of modtools/shared/."""
