"""The real command as a process of its own, and the golden run that it made."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

AS_OF = "2026-11-20"
EARSHOT = Path(sys.executable).parent / "earshot"
CLOSED = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), "http://127.0.0.1:9")
OFFLINE = CLOSED | dict.fromkeys(("no_proxy", "NO_PROXY"), "127.0.0.1,localhost")
"""Whatever leaves the machine meets a closed door."""


@dataclass(frozen=True)
class Done:
    """What a command did."""

    code: int
    out: str
    err: str

    @cached_property
    def json(self) -> dict[str, Any]:
        """Return standard output as JSON, which it must be as a whole."""
        read: dict[str, Any] = json.loads(self.out)
        return read


def earshot(*words: str | Path, cwd: Path | None = None) -> Done:
    """Run the command, offline, with nothing of Prefect's in its environment."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PREFECT_", "EARSHOT_"))}
    done = subprocess.run(
        [EARSHOT, *words], env=environment | OFFLINE, cwd=cwd, capture_output=True, text=True, timeout=600, check=False
    )
    return Done(done.returncode, done.stdout, done.stderr)


@dataclass(frozen=True)
class Golden:
    """The golden run and its home, which tests only read; who wants to change it works on a copy."""

    home: Path
    done: Done

    @property
    def report(self) -> Path:
        """The folder of the run."""
        return Path(self.done.json["report"])

    def copy(self, to: Path) -> Path:
        """Return a copy of the home; `state/` comes along, as a first start of Prefect takes long."""
        shutil.copytree(self.home, to)
        return to
