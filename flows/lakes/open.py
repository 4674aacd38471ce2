"""Open the lake that a person named: a folder, or `s3://bucket/prefix`."""

from __future__ import annotations

import re
from pathlib import Path

from transforms.errors import InputError
from transforms.lake.folder import Folder
from transforms.lake.store import Store

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")
_BUCKET = re.compile(r"s3://(?P<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?P<prefix>(/[A-Za-z0-9!_.*'()=-]+)*)/?")


Named = str | Path
"""How a person names a lake."""


def is_bucket(named: Named) -> bool:
    """Return whether this names a bucket; else it is the path of a folder."""
    return _SCHEME.match(str(named)) is not None


def lasting_address(named: Named) -> str:
    """Return the address of a lake that holds wherever it is read; raise InputError where it is none."""
    if not is_bucket(named):
        return str(Path(named).resolve())
    bucket, prefix = _parts(str(named))
    return "/".join(["s3:/", bucket, *filter(None, [prefix])])


def open_lake(named: Named, fetched: Path, tries: int | None = None) -> Store:
    """Return a lake; what is fetched of a bucket goes into the folder `fetched`, which need not be there yet.

    `tries` is how often a request is repeated that fails and may not fail again, where that is not the usual.

    Raises InputError where it names neither a folder nor a bucket, or where a bucket cannot be asked: obstore is not
    installed, there are no credentials, or the endpoint is not safe. Nothing is asked of the bucket yet.
    """
    if not is_bucket(named):
        return Folder(Path(named))
    bucket, prefix = _parts(str(named))
    from flows.lakes.bucket import TRIES, open_bucket

    return open_bucket(bucket, prefix, fetched, TRIES if tries is None else tries)


def _parts(named: str) -> tuple[str, str]:
    found = _BUCKET.fullmatch(named)
    prefix = found["prefix"].strip("/") if found else ""
    if not found or {".", ".."} & set(prefix.split("/")):
        shown = re.sub("//[^/]*@", "//...@", named)  # what stands there may be a password
        raise InputError(
            f"{shown}: names no lake. Name a folder, or a bucket as s3://BUCKET/PREFIX: the bucket in lower-case"
            " letters, digits, dots and hyphens, the prefix without blanks."
        )
    return found["bucket"], prefix
