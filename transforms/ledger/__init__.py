"""The ledger: what became of each finding from screening to screening, and what people decided about it."""
