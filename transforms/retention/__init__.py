"""Retention: what falls outside the years for which records are kept, what is held, and the archive of the rest."""
