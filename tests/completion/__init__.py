"""Tests of modtools/completion/."""
