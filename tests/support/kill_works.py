"""What a command does to a small home, and what is asked of it: for each that writes, a home, its words, and files."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.jobs.dispose import export_findings
from flows.jobs.quarantine import export_quarantine
from flows.settings import Home
from tests.support.command import AS_OF, earshot
from tests.support.extracts import extract, row
from tests.support.old_home import unpack
from tests.support.sheets import fill, save
from transforms.cells.workbook import sheet_texts
from transforms.ledger.choose import Choice
from transforms.ledger.sheet import SHEET

OLD, LAST_OLD = "schema-4", "schema-7"


@dataclass(frozen=True)
class Work:
    """One kind of work: how its home is made in a folder, and the words of the command."""

    prepare: Callable[[Path], object]
    words: Callable[[Path], Sequence[str | Path]]
    """By the folder beside which the home stands: files that the command is handed stand there."""


class Works:
    """The kinds of work, each on a copy of one small home, which is made once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.base = unpack(LAST_OLD, folder / "base").root
        assert earshot("verify", "--home", self.base).code == 0  # takes it over
        assert earshot("hold", "lift", "1", "--reason", "settled", "--home", self.base).code == 0
        self._export(Home(self.base))
        decide = ("--status", "authorized", "--reason", "license D1234567 covers it", "--by", "Ada")
        self.kinds = {
            "decisions": self._of("dispose", "--rule", "pakistan-rs", *decide, "--yes"),
            "decisions in a sheet": self._of("dispose", "--import", folder / "decide.xlsx", "--by", "Ada"),
            "corrected rows": self._of("quarantine", "replay", folder / "aside.csv"),
            "a report": self._of("report", "--as-of", AS_OF),
            "an archive": self._of("retain", "--as-of", "2026-12-01", "--archive"),
            "an extract": self._of("ingest", folder / "more.csv", "--accept", "few rows"),
            "a screening": self._of("screen", "--as-of", "2026-12-01"),
            "taking an older home over": Work(lambda root: unpack(OLD, root), lambda _: ("verify",)),
        }

    def _of(self, *words: str | Path) -> Work:
        return Work(lambda root: shutil.copytree(self.base, root), lambda _: words)

    def _export(self, home: Home) -> None:
        """Write what the commands are handed: a sheet filled in, corrected rows, and an extract."""
        sheet, aside = self.folder / "decide.xlsx", self.folder / "aside.csv"
        export_findings(home, Choice(rule_id="pakistan-rs"), sheet)
        cells = list(sheet_texts(sheet, SHEET, "."))
        for number in (2, 3):
            fill(cells, number)
        save(sheet, cells)
        export_quarantine(home, aside)
        aside.write_text(aside.read_text(encoding="utf-8").replace("soon", "2026-11-18"), encoding="utf-8")
        (self.folder / "more.csv").write_text(extract(*(row(f"K{at}") for at in range(200))), encoding="utf-8")
