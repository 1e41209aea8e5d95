"""The virtual kernel's memory: where things lie, what is given out, what is kept."""
