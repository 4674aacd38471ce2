"""The page of a run: what was screened, found and left open."""
