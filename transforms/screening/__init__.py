"""A screening: the stages one after the other, for the present, a moment of the past, examples, or one line."""
