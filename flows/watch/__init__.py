"""A job as it is seen from outside: how far it is while it runs, its log, and its figures for a monitor."""
