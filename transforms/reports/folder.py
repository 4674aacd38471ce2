"""A folder of a report appears whole or not at all, and what only its former one held is carried over."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from transforms.durable import sync_all
from transforms.private import make_private


def begin_folder(folder: Path) -> Path:
    """Return an empty folder beside `folder`, to be filled and then put in its place by `put_in_place`."""
    partial = folder.with_name(f".{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    return partial


def put_in_place(partial: Path, folder: Path, is_kept: Callable[[Path], bool] = lambda _: True) -> None:
    """Put the filled folder in place of `folder`. Of a former one, files and folders that the new one has not are
    carried over where `is_kept` says so."""
    held = sorted(folder.iterdir()) if folder.exists() else []
    for path in held:
        target = partial / path.name
        if target.exists() or not is_kept(path):
            continue
        if path.is_dir():
            shutil.copytree(path, target)
        else:
            shutil.copy2(path, target)
        make_private(target)
    sync_all(partial)
    if folder.exists():
        former = folder.with_name(f".{folder.name}.former")
        shutil.rmtree(former, ignore_errors=True)
        folder.rename(former)
        partial.rename(folder)
        shutil.rmtree(former)
    else:
        partial.rename(folder)
