"""What is told of one file whose reading failed in a way that nobody foresaw, so that all others go on."""

from __future__ import annotations

import errno
import os
import re
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from transforms.errors import EarshotError, FileFailed
from transforms.ingest.named import plain_name
from transforms.visible import visible

_STAYS = "Nothing of it is half-loaded, and the file stays where it is."


@contextmanager
def one_file(path: Path) -> Iterator[None]:
    """Raise whatever the block raises as an EarshotError that names the file; what ends the process stays as it is."""
    try:
        yield
    except EarshotError:
        raise
    except BaseException as error:
        # a library in Rust raises where it panics what is no Exception
        if not isinstance(error, Exception) and type(error).__module__ != "pyo3_runtime":
            raise
        raise FileFailed(f"{plain_name(path.name)}: {visible(_told(path, error))}") from error


def reason_of(error: OSError) -> str:
    """Return in a few words what the system says, and of which file where it is known."""
    said = error.strerror or str(error) or type(error).__name__
    return f"{os.fsdecode(error.filename)}: {said}" if error.filename else said


def is_of_the_disk(error: BaseException) -> bool:
    """Return whether the database could not write, as where no space is left: told by its words."""
    return type(error).__module__.endswith("duckdb") and bool(
        re.search(r"Could not (write|sync|truncate|create)|No space left|File too large", str(error))
    )


def _told(path: Path, error: BaseException) -> str:
    import duckdb  # not for `earshot --help`

    if isinstance(error, OSError):
        return _told_of_system(path, error)
    if is_of_the_disk(error):
        return f"it could not be stored ({_first_line(error)}). {_STAYS} Free disk space and load it again."
    if isinstance(error, MemoryError | duckdb.OutOfMemoryException):
        return (
            f"reading it takes more memory than there is ({_first_line(error)}). {_STAYS} Split it into smaller files,"
            " or load it where more memory is free."
        )
    if isinstance(error, duckdb.FatalException):
        return (
            f"the database stopped while the file was loaded ({_first_line(error)}). It is opened anew for the next"
            f" file. {_STAYS} Make sure that the disk of the home has free space, and run: earshot verify"
        )
    frames = traceback.extract_tb(error.__traceback__)
    at = f"; {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    return (
        f"reading it failed ({type(error).__name__}: {_first_line(error)}{at}). {_STAYS} This is an error of Earshot"
        " itself: please report this message. If the extract can be exported in another form, try that."
    )


def _told_of_system(path: Path, error: OSError) -> str:
    if not os.path.lexists(path):
        return "the file is gone: it was moved or deleted before it was read. Nothing was loaded."
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return f"no disk space is left to load it ({reason_of(error)}). {_STAYS} Free disk space and load it again."
    if isinstance(error, PermissionError):
        return f"it cannot be loaded ({reason_of(error)}). {_STAYS} Give yourself the right to it and load it again."
    return f"it cannot be read or loaded ({reason_of(error)}). {_STAYS} Copy it again and load the copy."


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).splitlines()), "")[:300] or type(error).__name__


def by_name(told: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return why files were refused, by name; of several that are told by one name, each is kept."""
    found: dict[str, str] = {}
    for name, why in told:
        key, number = name, 1
        while key in found:
            number += 1
            key = f"{name} ({number})"
        found[key] = why
    return found
