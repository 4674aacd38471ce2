"""A rule in plain words, as every page says it."""
