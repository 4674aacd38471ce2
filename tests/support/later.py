"""What `make test` leaves to `make long`, beside the tests that are marked so in place."""

from __future__ import annotations

from pathlib import Path

LONG = frozenset(Path(__file__).parents[1].joinpath("long.txt").read_text(encoding="utf-8").splitlines())
"""Further examples of a kind, and what is tried elsewhere too and takes long."""
