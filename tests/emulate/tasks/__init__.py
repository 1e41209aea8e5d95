"""Tests of modtools/emulate/tasks/."""
