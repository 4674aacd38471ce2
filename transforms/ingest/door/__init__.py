"""The door: what is measured of a batch before it is let in, what is expected of it."""
