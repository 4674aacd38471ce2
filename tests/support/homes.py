"""A home of Earshot for a test."""

from __future__ import annotations

from pathlib import Path

from flows.settings import Home


def make_home(folder: Path) -> Home:
    """Return an empty home in a folder."""
    home = Home(folder / "home")
    home.create()
    return home
