"""Take the pictures of the docs: the pages that Earshot writes for the shipped sample, as Chromium shows them.

    python docs/pictures.py           all of them, into docs/
    python docs/pictures.py FOLDER    into another folder

A home is filled from the sample in a temporary folder, as of the day of its last extract: the figures come out alike.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # run as a script: make `tests` importable

from tests.support.chromium import CHROMIUM, chromium
from tests.support.command import AS_OF, earshot

HERE, WIDTH = Path(__file__).resolve().parent, 1180
QUESTION = ("lab-equipment-ns", "lab-equipment-rs", "--from", "2024-01-01", "--to", "2024-12-31")
PICTURES = {
    "summary.png": ("summary.html", 1640, ("nightly", "--as-of", AS_OF)),
    "report.png": ("report.html", 1640, ("report", "--as-of", AS_OF)),
    "impact.png": ("impact.html", 1612, ("impact", *QUESTION)),
}
"""Each picture by its name: the page that it shows, how far down, and the command that writes the page."""


def take(folder: Path) -> None:
    """Write every picture into a folder."""
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        run("init", "--home", work / "home", "--sample")
        for name, (page, height, command) in PICTURES.items():
            report = Path(run(*command, "--home", work / "home", "--json")["report"])
            look = ("--hide-scrollbars", "--virtual-time-budget=5000", f"--window-size={WIDTH},{height}")
            picture = (folder / name).resolve()
            chromium(report.resolve() / page, work, *look, f"--screenshot={picture}")
            print(f"{name}: {picture.stat().st_size:,} bytes")


def run(*words: str | Path) -> dict[str, str]:
    """Run a command and return what it tells as JSON; stop where it fails."""
    done = earshot(*words, *([] if "--json" in words else ["--json"]))
    if done.code:
        sys.exit(f"earshot {' '.join(map(str, words))}: {done.err}")
    return done.json


if __name__ == "__main__":
    if CHROMIUM is None:
        sys.exit("No Chromium here, which takes the pictures: install chromium and run it again")
    take(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
