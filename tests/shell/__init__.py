"""Tests of the shell in the machine."""
