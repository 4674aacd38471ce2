"""The options that the commands share, and how their values are read."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from flows.settings import RULES, Home, now
from transforms.errors import InputError
from transforms.visible import visible


def _tell_open(context: typer.Context, home: Path) -> Path:
    """Say on standard error where other users may look into the home."""
    if not context.resilient_parsing and (told := Home(home).open_to_others()):
        typer.echo(visible(told), err=True)
    return home


def _open(context: typer.Context, home: Path) -> Path:
    """Refuse a home whose configuration is at fault, and say where other users may look into it."""
    if not context.resilient_parsing:
        from flows.config import refuse_bad_config

        refuse_bad_config(home)
    return _tell_open(context, home)


def _home(callback: Callable[[typer.Context, Path], Path]) -> Any:
    return typer.Option(
        "--home",
        envvar="EARSHOT_HOME",
        help="The folder that holds your data (the home).",
        show_default="./data",
        callback=callback,
    )


def _share(context: typer.Context, address: str | None) -> str | None:
    """Have the address go before that of the configuration, for as long as the command runs."""
    if address is None or context.resilient_parsing:
        return address
    from flows.config import all_keys
    from flows.config.kinds import NotAllowedError, read_value

    key = all_keys()["cluster.address"]
    try:
        read_value(key, address, Path())
    except NotAllowedError as error:
        raise InputError(f"--cluster {address}: not allowed. Give {error}.") from error
    before = os.environ.get(key.variable)
    os.environ[key.variable] = address

    def restore() -> None:
        os.environ.pop(key.variable)
        if before is not None:
            os.environ[key.variable] = before

    context.call_on_close(restore)
    return address


HomeOption = Annotated[Path, _home(_open)]
AnyHomeOption = Annotated[Path, _home(_tell_open)]
"""Of a command that itself reads the configuration of the home, and tells what is wrong with it."""
JsonOption = Annotated[bool, typer.Option("--json", help="Print only JSON, to standard output.")]
AsOfOption = Annotated[
    str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help="Screen as of this day.", show_default="today")
]
KnownAtOption = Annotated[
    str | None,
    typer.Option(
        "--known-at",
        metavar="YYYY-MM-DD[THH:MM:SS]",
        help="Use the records as known at this time (UTC).",
        show_default="now",
    ),
]
ClusterOption = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="local:N|tls://HOST:PORT",
        help="Screen the parts of a lake by N processes of this machine, or by a Dask cluster.",
        show_default="one process",
        callback=_share,
    ),
]
DEFAULT_HOME = Path("data")


def complete_rule(context: typer.Context, incomplete: str) -> list[str]:
    """Return the ids of rules that begin so, for a shell: by the names of their files, which are not opened."""
    rules = Home(Path(context.params.get("home") or DEFAULT_HOME)).root / "rules"
    folder = rules if rules.is_dir() else RULES
    found = {path.parent.name for path in folder.glob("*/*/rule.yml")}
    found |= {path.stem for path in folder.glob("ccl/ccl-*.yml")}
    return sorted(one for one in found if one.startswith(incomplete))


def read_day(text: str | None) -> date:
    """Return the day that `--as-of` names, or today; raise InputError for what is no day."""
    try:
        day = date.fromisoformat(text) if text else now().date()
    except ValueError as error:
        raise InputError(f"--as-of {text}: not a date. Write it as YYYY-MM-DD.") from error
    if day > now().date():
        raise InputError(
            f"--as-of {text}: the date is in the future. Give {now().date()} (today, UTC) or an earlier date."
        )
    return day


def read_period_day(option: str, text: str | None) -> date | None:
    """Return the day that an option names, or None; raise InputError for what is no day."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InputError(f"{option} {text}: not a date. Write it as YYYY-MM-DD.") from error


def read_moment(text: str | None) -> datetime | None:
    """Return the moment that `--known-at` names (a day means its end), or None; raise InputError for what is none."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise InputError(
            f"--known-at {text}: not a time. Write it as YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS (UTC)."
        ) from error
    if len(text) == len("YYYY-MM-DD"):  # a day means all that was known when it ended
        moment = moment.replace(hour=23, minute=59, second=59, microsecond=999999)
    if moment.tzinfo:
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    if moment.date() > now().date():
        raise InputError(
            f"--known-at {text}: the time is in the future. Give {now():%Y-%m-%dT%H:%M} (now, UTC) or earlier."
        )
    return moment


def print_json(result: object) -> None:
    """Print a result as JSON to standard output."""
    typer.echo(json.dumps(result, indent=2, default=str, ensure_ascii=False))
