"""Rows that could not be loaded: told with their age, given out to be corrected, and taken back."""
