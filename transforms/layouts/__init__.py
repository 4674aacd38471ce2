"""Layouts: how the headings of each source map onto the canonical columns of its kind; see `data/layouts/`."""
