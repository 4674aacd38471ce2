"""The tables in which cells of files were looked up, kept by their SHA-256, so that a file can be read as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from transforms.durable import sync
from transforms.layouts.model import Layout
from transforms.layouts.read import with_lookups

FOLDER = "tables"


def note_tables(folder: Path, layout: Layout) -> None:
    """Keep the tables of a layout in the mirror `folder`, where they are not kept yet."""
    for lookup in (one.lookup for one in layout.columns.values() if one.lookup):
        path = folder / FOLDER / f"{lookup.sha256}.csv"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            partial = path.with_suffix(".partial")
            partial.write_bytes(lookup.content)
            sync(partial)
            partial.rename(path)


def as_looked_up(layouts: Mapping[str, Layout], recorded: Sequence[str], folder: Path) -> dict[str, Layout]:
    """Return the layouts with the tables that a batch records (name and SHA-256), as far as the mirror keeps them.

    A table that is not kept is the one beside the layout today; a batch that is read with it records that.
    """
    kept: dict[str, bytes] = {}
    for one in recorded:
        name, _, sha256 = one.rpartition(" ")
        path = folder / FOLDER / f"{sha256}.csv"
        if path.is_file():
            kept[name] = path.read_bytes()
    return {name: with_lookups(layout, kept) if kept else layout for name, layout in layouts.items()}
