"""Layouts: how the headings of each source map onto the canonical line; content lives in `data/layouts/`."""
