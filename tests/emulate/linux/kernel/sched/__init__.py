"""Tests of modtools/emulate/linux/kernel/sched/."""
