"""Damaged input without end: `make fuzz`, or `python -m tests.fuzz --minutes 60 --seed 7`.

A case is a number: with the seed it decides which file of a machine is damaged, and how, so that every run can be
repeated. The commands that read the file are called in this process (`case`); what may not happen (`case.Fault`) stops
the run, and the smallest input that still shows it is kept in `.cache/fuzz`.
"""
