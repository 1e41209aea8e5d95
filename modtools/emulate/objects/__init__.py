"""The kernel's objects: kobjects and their folders, devices, drivers, dentries, network devices, lists."""
