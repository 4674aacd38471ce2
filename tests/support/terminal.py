"""A command in a real terminal of its own, and what it showed there."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
from pathlib import Path

from tests.support.command import EARSHOT, OFFLINE


def in_terminal(*words: str | Path, columns: int = 120) -> tuple[int, str]:
    """Run the command with all its streams in a terminal, and return its exit code and each line it ever showed."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PREFECT_", "EARSHOT_"))}
    environment |= OFFLINE | {"TERM": "xterm", "COLUMNS": str(columns)}
    process = subprocess.Popen(
        [EARSHOT, *words], stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
    )
    os.close(theirs)
    seen = bytearray()
    while True:
        try:
            read = os.read(ours, 65_536)
        except OSError:  # the other end is closed
            break
        if not read:
            break
        seen += read
    os.close(ours)
    text = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "\n", seen.decode("utf-8", "replace"))
    return process.wait(), "\n".join(line for line in re.split(r"[\r\n]+", text) if line.strip())
