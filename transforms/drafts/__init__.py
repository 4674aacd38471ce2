"""Drafts of layouts: what a new file is and what its columns mean, told by its headings and what they hold."""
