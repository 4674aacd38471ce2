"""Decide the law once per situation, then join the lines to what is not clear."""
