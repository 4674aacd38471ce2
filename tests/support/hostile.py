"""Names that break programs, and things in an inbox that are no files; each new one is a line."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

NAMES: dict[bytes, str] = {
    b"bytes-\xff\xfe.csv": "bytes-{FF}{FE}.csv",
    b"cut-\xe2\x82.csv": "cut-{E2}{82}.csv",
    b"new\nline.csv": "new{U+000A}line.csv",
    b"back\rto-the-left.csv": "back{U+000D}to-the-left.csv",
    b"ansi-\x1b[31mred\x1b[0m.csv": "ansi-{U+001B}[31mred{U+001B}[0m.csv",
    b"title\x1b]0;owned\x07.csv": "title{U+001B}]0;owned{U+0007}.csv",
    "right-\u202evsc.exe.csv".encode(): "right-{U+202E}vsc.exe.csv",
    "no-\u200bwidth.csv".encode(): "no-{U+200B}width.csv",
    "line\u2028end.csv".encode(): "line{U+2028}end.csv",
    b"back\\slash.csv": "back{U+005C}slash.csv",
    b"quo'te\".csv": "quo'te\".csv",
    b"..csv": "..csv",
    b"-rf.csv": "-rf.csv",
    b"--accept=x.csv": "--accept=x.csv",
    b" blank .csv ": " blank .csv ",
    b"*.csv": "*.csv",
    b"[a-z].csv": "[a-z].csv",
    b"?.csv": "?.csv",
    b"z.csv": "z.csv",
    b"${HOME}`id`$(id).csv": "${HOME}`id`$(id).csv",
    b"{path.name} %s %(x)s.csv": "{path.name} %s %(x)s.csv",
    b"<script>alert(1)&.csv": "<script>alert(1)&.csv",
    b"=1+cmd.csv": "=1+cmd.csv",
    b"[bold]loud.csv": "[bold]loud.csv",
    "\u00e9\u00df\u4e2d\U0001f600.csv".encode(): "\u00e9\u00df\u4e2d\U0001f600.csv",
    b"A" * 251 + b".csv": "A" * 187 + "~f079e9d2.csv",
    b"A" * 250 + b"B.csv": "A" * 187 + "~717f9ab6.csv",
    "\u4e2d".encode() * 83 + b".csv": "\u4e2d" * 62 + "~85ba1c07.csv",
    b"no-ending" + b"x" * 246: "no-ending" + "x" * 182 + "~0bb0d937",
}
"""The bytes of a name, and how it is told."""


def name_of(name: bytes) -> str:
    """Return a name as Python holds it."""
    return os.fsdecode(name)


def _socket(path: Path) -> None:
    here = os.open(".", os.O_RDONLY)
    os.chdir(path.parent)
    try:
        socket.socket(socket.AF_UNIX).bind(path.name)  # whose path may be 107 bytes at most
    finally:
        os.fchdir(here)
        os.close(here)


def _folder(path: Path) -> None:
    path.mkdir()
    (path / "within.csv").write_text("a")


NO_FILES: dict[str, tuple[Callable[[Path], None], str]] = {
    "nowhere.csv": (lambda path: path.symlink_to("/nonexistent/extract.csv"), "a link to another file"),
    "of-the-system.csv": (lambda path: path.symlink_to("/etc/passwd"), "a link to another file"),
    "itself.csv": (lambda path: path.symlink_to(path), "a link to another file"),
    "endless.csv": (lambda path: path.symlink_to("/dev/zero"), "a link to another file"),
    "root": (lambda path: path.symlink_to("/"), "a link to another file"),
    "pipe.csv": (lambda path: os.mkfifo(path), "a pipe, a socket or a device"),
    "socket.csv": (_socket, "a pipe, a socket or a device"),
    "folder.csv": (_folder, "a folder, which is not read"),
}
"""What makes a thing in an inbox that is no file, and what is told of it."""
