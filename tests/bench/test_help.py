"""Help answers at once: heavy libraries are imported where they are used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median

from tests.support.measure import timed, told

SECONDS = 1.0


def test_help():
    command = [str(Path(sys.executable).parent / "earshot"), "--help"]
    runs = [timed(lambda: subprocess.run(command, check=True, capture_output=True)) for _ in range(8)][1:]
    print(f"\nearshot --help: {told('', runs)} (limit {SECONDS:g} s)")
    assert median(runs) < SECONDS
