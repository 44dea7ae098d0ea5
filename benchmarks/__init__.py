"""How fast it is, against others and against a floor: `python -m benchmarks`."""
