"""Tests of modtools/formats/."""
