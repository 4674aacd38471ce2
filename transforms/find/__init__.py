"""Which lines fall under a verdict that is not clear, and how many lines there are of everything."""
