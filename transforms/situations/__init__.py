"""What the law sees of a line: its facts, and the distinct combinations of them (situations)."""
