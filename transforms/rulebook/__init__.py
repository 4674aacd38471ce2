"""The rulebook: what a rule is (`model`), how rules are read and refused (`read`)."""
