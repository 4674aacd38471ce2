"""The rulebook page, for counsel."""
