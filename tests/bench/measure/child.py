"""Run a command in a process of its own: how long it took from its start to its end, and the most memory it held."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
EARSHOT = str(Path(sys.executable).parent / "earshot")


LAUNCH = """
import json, os, subprocess, sys, threading, time
began = time.perf_counter()
child = subprocess.Popen(sys.argv[3:])
timer = threading.Timer(float(sys.argv[2]), child.kill)
timer.start()
_, status, usage = os.wait4(child.pid, 0)
seconds = time.perf_counter() - began
timer.cancel()
with open(sys.argv[1], "w") as stream:
    code, cpu = os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime
    json.dump([seconds, usage.ru_maxrss / 1024, code, cpu], stream)
"""
"""A process starts with the most memory that its parent had held: so a small one starts it, and takes its time."""


class Failed(Exception):
    """The command failed, or took longer than it may."""


@dataclass(frozen=True)
class Spent:
    """What one run took; `said` is the JSON of its standard output, if it is one; `cpu` is in seconds, too."""

    seconds: float
    peak_mib: float
    said: Any = None
    cpu: float = 0.0


def run(words: list[str], at_most: float, python: str | None = None) -> Spent:
    """Run a command; raises Failed if it fails or is not done after `at_most` seconds.

    Memory is that of the process, or of one that it waited for, whichever held more.
    """
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # no user has it: every module would be compiled each time
    command = [python, *words] if python else words
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, tempfile.NamedTemporaryFile() as spent:
        launch = [sys.executable, "-I", "-S", "-c", LAUNCH, spent.name, str(at_most), *command]
        subprocess.run(launch, stdout=out, stderr=err, env=environment, check=True)
        seconds, peak_mib, code, cpu = json.loads(Path(spent.name).read_text(encoding="utf-8"))
        out.seek(0)
        err.seek(0)
        told, faults = out.read().decode(errors="replace"), err.read().decode(errors="replace")
    if code:
        why = f"was stopped after {at_most:.0f} s" if seconds >= at_most else " ".join((faults or told).split())[-300:]
        raise Failed(f"{' '.join(words[:8])}: {why}")
    try:
        said = json.loads(told)
    except ValueError:
        said = None
    return Spent(seconds, peak_mib, said, cpu)


def earshot(words: list[str], home: Path, at_most: float) -> Spent:
    """Run a command of Earshot on a home."""
    return run([EARSHOT, *words, "--home", str(home), "--json"], at_most)


def module(name: str, words: list[object], at_most: float) -> Spent:
    """Run a module of the benches, which prints JSON."""
    return run(["-m", name, *map(str, words)], at_most, sys.executable)
