"""Tests of modtools/emulate/objects/."""
