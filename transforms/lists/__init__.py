"""A user's newer copy of the lists of parties: read in the form of its publisher, and compared with what is held."""
