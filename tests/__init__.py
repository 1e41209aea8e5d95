"""The tests of pymod."""
