"""Where things are: the shipped content, and the home that holds a user's data."""

from __future__ import annotations

import getpass
import hashlib
import os
import shlex
import stat
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from transforms.errors import InputError
from transforms.visible import plain_text

if TYPE_CHECKING:
    from flows.config import Config

_HERE = Path(__file__).resolve().parent
SHIPPED = _HERE.parent if (_HERE.parent / "rules").is_dir() else _HERE / "shipped"
RULES = SHIPPED / "rules"
SAMPLE = SHIPPED / "data" / "sample"
LAYOUTS = SHIPPED / "data" / "layouts"
VERSION = version("earshot")


def sample_hashes() -> set[str]:
    """Return the sha256 of the shipped extracts: reports on them say that they are made up."""
    return {hashlib.sha256(path.read_bytes()).hexdigest() for path in SAMPLE.rglob("*.csv")}


@dataclass(frozen=True)
class Home:
    """The folder that holds a user's data; `root` is what `--home` or EARSHOT_HOME names."""

    root: Path
    is_being_built: ClassVar[bool] = False
    """Whether its database is being built again, so that it is not yet what the files beside it record."""

    @property
    def config(self) -> Config:
        """The configuration: earshot.toml and the environment; raises ConfigError with all faults of both."""
        from flows.config import read_config

        return read_config(self.root)

    @property
    def inbox(self) -> Path:
        """Extracts dropped here are taken up by the nightly job."""
        return self.root / "inbox"

    @property
    def landed(self) -> Path:
        """Extracts as they came, by hash."""
        return self.root / "landed"

    @property
    def quarantine(self) -> Path:
        """Rows that could not be loaded, one CSV per extract."""
        return self.root / "quarantine"

    @property
    def reports(self) -> Path:
        """One folder per run."""
        return self.root / "reports"

    @property
    def failed(self) -> Path:
        """The mark that the last night failed, did not run, or left files out; need not be there."""
        return self.reports / "FAILED"

    @property
    def state(self) -> Path:
        """Run-time state of Prefect, and what can be made again at any time."""
        return self.root / "state"

    @property
    def logs(self) -> Path:
        """What each job did, as text and as JSON lines, without names of parties."""
        return self.root / "logs"

    @property
    def made(self) -> Path:
        """What was made of the rulebook and its lists, kept for the next process; it may be deleted at any time."""
        return self.state / "made"

    @property
    def fetched(self) -> Path:
        """Files that were fetched of a lake in a bucket, under their names there; it may be deleted at any time."""
        return self.state / "fetched"

    @property
    def archive(self) -> Path:
        """Records that need not be kept any longer, one folder per archive."""
        return self.root / "archive"

    @property
    def database(self) -> Path:
        """The one DuckDB file."""
        return self.root / "earshot.duckdb"

    @property
    def pointer(self) -> Path:
        """Where the lines of the home lie, if that is a lake; else it is not there."""
        return self.root / "lake.json"

    @property
    def seals(self) -> Path:
        """The seal of each entry of the journal, as text: a copy of its last line, kept elsewhere, proves the rest."""
        return self.root / "journal.txt"

    @property
    def mirror(self) -> Path:
        """A copy of what the database holds and landed files do not tell: of it `earshot rebuild` builds it again."""
        return self.root / "mirror"

    @property
    def rulebooks(self) -> Path:
        """Each rulebook that was screened under, by its hash: what a run is screened again with."""
        return self.root / "rulebooks"

    @property
    def layouts(self) -> tuple[Path, Path]:
        """Folders of layouts: the shipped ones, then the home's own, which win."""
        return LAYOUTS, self.root / "layouts"

    @property
    def lists(self) -> Path:
        """Lists of parties that the user took up, which go before those of the rulebook; need not be there."""
        return self.config.value("lists.folder") or self.root / "lists"

    @property
    def rules(self) -> Path:
        """The rulebook: the home's own if it has one, else the shipped one; with the home's own lists in it."""
        own = self.root / "rules"
        rules = own if own.is_dir() else RULES
        if not self.lists.is_dir():
            return rules
        from transforms.lists.overlay import with_lists

        return with_lists(rules, self.lists, self.state / "rules", now().date())

    @property
    def tables(self) -> tuple[Path, ...]:
        """Folders of tables that cells are read by: the rulebook's, the shipped ones for what it lacks, and words."""
        return tuple(dict.fromkeys((self.rules / "tables", RULES / "tables", LAYOUTS / "words")))

    @property
    def rates(self) -> Path:
        """Exchange rates that the user supplies; need not be there."""
        return self.config.value("rates.file") or self.root / "rates.csv"

    @property
    def door(self) -> Path:
        """The checks at the door: the home's own if it has them, else the shipped ones."""
        own = self.config.value("door.file") or self.root / "door.yml"
        return own if own.is_file() else SHIPPED / "data" / "door.yml"

    def create(self) -> None:
        """Make the folders of the home that are not there yet, for nobody but this user."""
        self._require_text()
        self.root.parent.mkdir(parents=True, exist_ok=True)
        for folder in (self.root, self.inbox, self.landed, self.quarantine, self.reports, self.state):
            folder.mkdir(mode=0o700, exist_ok=True)

    def open_to_others(self) -> str:
        """Return in a sentence that other users of the system may look into the home, and the command that mends it.

        Empty where they may not, or where the system has no such rights. Asked are the home's folder and what Earshot
        keeps right in it; what its owner puts there, as layouts, is behind that folder.
        """
        if os.name != "posix" or not self.inbox.is_dir():
            return ""
        kept = (
            self.landed, self.quarantine, self.reports, self.state, self.logs, self.archive, self.rulebooks,
            self.mirror,
        )  # fmt: skip
        for path in (self.root, self.database, self.seals, *kept):
            with suppress(OSError):  # not there yet, or not ours to ask: the command itself will say
                mode = path.stat().st_mode
                if mode & 0o077:
                    return (
                        f"Warning: {path} is open to other users of this system ({stat.filemode(mode)}). To keep the"
                        f" home private: chmod -R go-rwx {shlex.quote(str(self.root))}"
                    )
        return ""

    def _require_text(self) -> None:
        try:
            str(self.root.absolute()).encode()
        except UnicodeEncodeError as error:
            raise InputError(f"{plain_text(str(self.root))}: the path of a home must be UTF-8. Rename it.") from error

    def require(self) -> None:
        """Raise HomeLost where its database is gone, and InputError unless it was initialized."""
        from flows.remains import refuse_lost

        self._require_text()
        refuse_lost(self)
        self.require_folder()

    def require_folder(self) -> None:
        """Raise InputError unless it was initialized, whatever became of its database since."""
        if not self.inbox.is_dir():
            raise InputError(f"{self.root}: not a home of Earshot. Create one: earshot init --home {self.root}")


def keep_private() -> None:
    """Have this process, and those that it starts, make files and folders for nobody but this user.

    They hold what was shipped to whom, and what was found about it, wherever they are written to.
    """
    os.umask(0o077)


def now() -> datetime:
    """Return the present in UTC, without a zone mark: the one clock of the product."""
    return datetime.now(UTC).replace(tzinfo=None)


def user() -> str:
    """Return who is at work: EARSHOT_USER, or the name of the account."""
    named = os.environ.get("EARSHOT_USER", "").strip()
    try:
        return named or getpass.getuser()
    except (OSError, KeyError):  # an account without a name, as in some containers
        return "unknown"
