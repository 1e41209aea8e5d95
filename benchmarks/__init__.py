"""The figures that pymod promises, measured: `make bench`."""
