"""Time and who runs when: clock, processes, threads, timers, tasklets, work, signals."""
