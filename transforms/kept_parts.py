"""What was made once at some cost, kept in a folder for the next process: it may be lost, and must never be wrong.

A file is named after what it holds and the key of what that was made of. It begins with the hash of the rest, so that
one that was cut or changed is not read; whoever asks then makes the parts anew. Nothing of it is code.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import duckdb
import pyarrow as pa

from transforms.rulebook.hashes import hash_files

MOST = 4
"""So many are kept of a name, the youngest, where nobody says otherwise."""
_ENDING = ".kept"
_CODEC = "zstd"
_DIGEST = hashlib.sha256().digest_size


def key_of(content: Iterable[str], code: Iterable[Path]) -> str:
    """Return the key of what is made of `content` by the files at `code`, and by these versions of what they use."""
    made_by = [platform.python_version(), pa.__version__, duckdb.__version__]
    told = json.dumps([*content, *made_by, hash_files((path.name, path.read_bytes()) for path in sorted(code))])
    return hashlib.sha256(told.encode()).hexdigest()


def recall_parts(folder: Path | None, name: str, key: str) -> dict[str, bytes] | None:
    """Return the parts that are kept under this name and key; None where there are none, or they are damaged."""
    if folder is None:
        return None
    codec = pa.Codec(_CODEC)
    try:
        content = _path(folder, name, key).read_bytes()
        rest = content[_DIGEST:]
        if hashlib.sha256(rest).digest() != content[:_DIGEST]:
            return None
        head, _, _ = rest.partition(b"\n")
        told = json.loads(head)
        if told["key"] != key:
            return None
        at, parts = len(head) + 1, {}
        for part, length, packed_length in told["parts"]:
            parts[part] = codec.decompress(rest[at : at + packed_length], length, asbytes=True)
            at += packed_length
    except (OSError, ValueError, KeyError, TypeError):  # what cannot be read is made anew
        return None
    return parts


def keep_parts(folder: Path | None, name: str, key: str, parts: Mapping[str, bytes], most: int = MOST) -> None:
    """Keep the parts, of this name the youngest `most`; where nothing can be written, nothing is kept.

    The folder is made where the one around it is there.
    """
    if folder is None:
        return
    codec = pa.Codec(_CODEC)
    packed = {part: codec.compress(content, asbytes=True) for part, content in parts.items()}
    head = json.dumps({"key": key, "parts": [(part, len(parts[part]), len(packed[part])) for part in parts]})
    rest = b"".join([head.encode(), b"\n", *packed.values()])
    path = _path(folder, name, key)
    partial = folder / f".{path.name}.partial"  # where two write it at once, its hash tells
    with suppress(OSError):
        folder.mkdir(mode=0o700, exist_ok=True)
        for left in folder.glob(f".{name}-*.partial"):
            left.unlink(missing_ok=True)
        partial.write_bytes(hashlib.sha256(rest).digest() + rest)
        partial.replace(path)
        held = sorted(folder.glob(f"{name}-*{_ENDING}"), key=lambda one: one.stat().st_mtime_ns)
        for old in held[:-most]:
            old.unlink(missing_ok=True)


def kept_tables(
    folder: Path | None, name: str, key: str, most: int, make: Callable[[], dict[str, pa.Table]]
) -> dict[str, pa.Table]:
    """Return the tables that are kept under this name and key, else those that `make` makes, and keep them."""
    parts = recall_parts(folder, name, key)
    if parts is not None:
        with suppress(pa.ArrowInvalid):
            return {part: from_bytes(content) for part, content in parts.items()}
    tables = make()
    if folder is not None:
        keep_parts(folder, name, key, {part: to_bytes(table) for part, table in tables.items()}, most)
    return tables


def to_bytes(table: pa.Table) -> bytes:
    """Return a table as one stream of Arrow."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def from_bytes(content: bytes) -> pa.Table:
    """Return the table that `to_bytes` wrote. Raises ArrowInvalid where the content is none."""
    with pa.ipc.open_stream(content) as reader:
        table = reader.read_all()
    table.validate(full=True)
    return table


def _path(folder: Path, name: str, key: str) -> Path:
    return folder / f"{name}-{key[:32]}{_ENDING}"
