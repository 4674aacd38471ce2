"""What an Earshot home costs, measured beside bare reads and loads: `python -m tests.bench.measure --help`."""
