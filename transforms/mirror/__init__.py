"""A copy, beside the database, of what it holds and landed files do not tell: of both a home is built again."""
