"""Clear away what a killed run left half-made. Only whoever holds the home may do so."""

from __future__ import annotations

import shutil
from pathlib import Path

from flows.settings import Home

_HALF_MADE = {
    "": (".earshot.duckdb.*.partial",),
    "landed": (".*.partial", ".reading*"), "quarantine": (".*.partial",), "reports": (".*.partial",),
    "rulebooks": (".*.partial",), "mirror": (".*.partial",),
}  # fmt: skip


def tidy(home: Home) -> None:
    """Remove half-made files and folders, and put back a report that was being replaced and not yet was.

    The rows themselves need no tidying: a transaction that was not committed is undone by the database.
    """
    for name, patterns in _HALF_MADE.items():
        for pattern in patterns:
            for path in (home.root / name).glob(pattern):
                _remove(path)
    for former in home.reports.glob(".*.former"):
        folder = former.with_name(former.name[1:].removesuffix(".former"))
        if folder.exists():
            _remove(former)
        else:
            former.rename(folder)
    for half in home.reports.glob("*/.*.partial"):
        _remove(half)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
