"""The figures that pymod promises, measured: `make bench`.

Each file here that has a function `figures` measures something; `python -m benchmarks NAME...` runs only those named.
"""
