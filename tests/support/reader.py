"""Someone who reads a page and types its lines, one after the other, in a folder and a home of their own."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable
from datetime import timedelta
from functools import cached_property
from pathlib import Path

from typer.testing import CliRunner

from flows.main import app
from flows.settings import SAMPLE, now
from tests.support.command import Golden, earshot
from tests.support.commands import WIDE, split
from tests.support.drafts import finish
from tests.support.impacts import filled
from tests.support.layouts import REPO
from tests.support.pages import Page
from tests.support.sheets import fill, save
from transforms.cells.workbook import sheet_texts
from transforms.ledger.sheet import SHEET
from transforms.reports.impact.workbook import PARTS_SHEET
from transforms.store import open_store

WALK = Page("docs/first-file.md")
HOME = "~/exports"
"""The home of the reader, as the pages name it."""


class Reader:
    """The reader has the sample in their home, extracts of it at hand, and does by hand what a page asks for."""

    def __init__(self, folder: Path, golden: Golden) -> None:
        self.folder = folder
        self.home = golden.copy(folder / "exports")  # filled once, as a first start of Prefect takes long
        (folder / "data").symlink_to(self.home)  # the default home
        extract = (SAMPLE / "daily-2026-11-20.csv").read_text(encoding="utf-8")
        (folder / "extract.csv").write_text(extract, encoding="utf-8")
        (folder / "acme_2025-03.csv").write_text("".join(extract.splitlines(keepends=True)[:30]), encoding="utf-8")

    def type(self, line: str) -> tuple[int, str]:
        """Return the exit code of a line and what it printed, and do what is asked for before the next one."""
        program, *rest = shlex.split(self.real(line), comments=True)
        if program in self.by_hand:
            self.by_hand[program](*rest)
            return 0, ""
        words, rest = split(self.real(line))
        if words == ("nightly",):  # Prefect wants a process of its own
            done = earshot(*words, *rest, *([] if "--home" in rest else ["--home", self.home]))
            return done.code, done.out + done.err
        within = {"EARSHOT_HOME": str(self.home), **WIDE}
        told = CliRunner().invoke(app, [*words, *rest], env=within)
        self.between(line)
        return told.exit_code, f"{told.output}{told.exception or ''}"

    @property
    def by_hand(self) -> dict[str, Callable[..., None]]:
        """The programs that are no commands of Earshot's, by what they do here."""
        return {"cp": self.copy, "mkdir": self.make, "export": self.export}

    def copy(self, source: str, target: str) -> None:
        """Copy a file of the reader's, or one of the repository."""
        found = self.folder / source if (self.folder / source).exists() else REPO / source
        copied = Path(shutil.copy(found, self.folder / target))
        if copied.name == "low-value-threshold.yml":
            change = "  - {from: 2027-01-01, value: 5000, authority: [92 FR 1234], confidence: high}\n"
            text = copied.read_text(encoding="utf-8")
            copied.write_text(text.replace("history:\n", f"{change}history:\n"), encoding="utf-8")

    def make(self, option: str, folder: str) -> None:
        """Make a folder."""
        assert option == "-p"
        (self.folder / folder).mkdir(parents=True, exist_ok=True)

    def export(self, told: str) -> None:
        """Name the home once for all commands, which is done already."""
        assert told == f"EARSHOT_HOME={self.home}"

    def real(self, line: str) -> str:
        """Return a line with what stands for something of the reader's own replaced by it."""
        real: dict[str, Callable[[], str]] = {
            HOME: lambda: str(self.home),
            "FINDING_ID": lambda: self.finding[0],
            "SITUATION_ID": lambda: self.finding[1],
            "RUN/impact.xlsx": lambda: f"{self.impact.name}/impact.xlsx",
            "2027-05-31": lambda: str(now().date() + timedelta(days=180)),  # a day to come, whenever this is read
        }
        for name, value in real.items():
            line = line.replace(name, value()) if name in line else line
        return line

    @cached_property
    def finding(self) -> tuple[str, str]:
        """The finding that the page speaks of, and its situation."""
        open_ones = "from ledger where rule_id = 'pakistan-rs' and state = 'open'"
        with open_store(self.home / "earshot.duckdb") as connection:
            found = connection.execute(f"select finding_id, situation_id {open_ones} order by 1").fetchall()[0]
        return str(found[0]), str(found[1])

    @property
    def impact(self) -> Path:
        """The folder of the last impact with parts to confirm."""
        folders = [path.parent for path in (self.home / "reports").glob("impact-*/impact.xlsx")]
        return max(folders, key=lambda folder: folder.stat().st_mtime_ns)

    def between(self, line: str) -> None:
        """Fill in what a line wrote, as the page asks the reader to."""
        if line.startswith("earshot rules new"):
            finish(self.folder / "drafts" / re.findall(r"new (?:control|comparison) (\S+)", line)[0])
        if line.startswith("earshot layout draft sap-deliveries.csv"):
            layout = self.folder / "sap-deliveries.yml"
            answer, billed, returns, constants = re.findall(r"```yaml\n(.*?)\n```", WALK.text, re.DOTALL)
            below = f"{answer}\n{constants}\n{returns}"
            text = re.sub(r'^  export_on: "decide.*$', below, layout.read_text("utf-8"), flags=re.M)
            text = re.sub(r'^  - "DlvTy".*\n', "", text, flags=re.M)
            layout.write_text(text.replace(f"#{billed}", billed), encoding="utf-8")
        if "--export decide.xlsx" in line:
            sheet = self.folder / "decide.xlsx"
            cells = list(sheet_texts(sheet, SHEET, "."))
            fill(cells, 2)
            save(sheet, cells)
        if line.startswith("earshot impact lab-equipment"):
            book = self.impact / "impact.xlsx"
            parts = [row[0] for row in sheet_texts(book, PARTS_SHEET, ".")][1:]
            filled(book, book, {part: {"Confirmed ECCN": "3A999.f"} for part in parts})
