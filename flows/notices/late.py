"""Tell of a night that did not run: for a timer of its own, or for whoever keeps the schedule."""

from __future__ import annotations

from datetime import UTC, datetime

from flows.notices.channels import write_private
from flows.notices.message import of_late
from flows.notices.night import last_night, mark, quietly
from flows.settings import Home, now

_TIME = "%Y-%m-%d %H:%M:%S"


def late_since(home: Home) -> datetime | None:
    """Return when the last night ended, where the next one is late; None where it is not.

    A home without a night so far counts from when its folder last changed. Raises ConfigError.
    """
    last = last_night(home) or _changed(home)
    return last if now() - last > home.config.value("notify.late_after") else None


def _changed(home: Home) -> datetime:
    return datetime.fromtimestamp(home.root.stat().st_mtime, UTC).replace(tzinfo=None)


def tell_if_late(home: Home) -> bool:
    """Return whether the night is late, and tell of it: once, and again after as long a time as makes one late."""
    home.require_folder()
    last = late_since(home)
    if last is None:
        return False
    hours = int((now() - last).total_seconds() // 3600)
    noted = home.state / "late.json"
    try:
        was_told = now() - datetime.strptime(noted.read_text(encoding="utf-8").strip(), _TIME)
        is_told = was_told < home.config.value("notify.late_after")
    except (OSError, ValueError):
        is_told = False
    if not is_told:
        mark(home, "the nightly job did not run.", "Check its schedule, or run the command by hand.")
        quietly(home, lambda: of_late(home, f"{last:{_TIME}}" if last_night(home) else "", hours))
        write_private(noted, f"{now():{_TIME}}\n")
    return True
