"""The virtual machine as files of the host's programs: a mount namespace of its own, and FUSE."""
