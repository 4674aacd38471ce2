"""What a value of each kind may be: read from TOML or from the text of an environment variable, checked, and shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flows.config.keys import Key

_UNITS = {"m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_DURATION = re.compile(r"(\d{1,6})\s*([mhdw])")
_SIZE = re.compile(r"\d{1,6}(\.\d{1,3})?\s*([KMGT]i?B)")
_ADDRESS = re.compile(r"[^\s@<>,;:\"\\\x00-\x1f\x7f]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_LIMIT = re.compile(r"\s*(\S+?)\s*=\s*(\S+)\s*")
LOCAL = re.compile(r"local:([1-9]\d{0,2})")
"""Workers on this machine, for as long as a command runs."""
_SCHEDULER = re.compile(r"tls://[^\s/]+:\d{1,5}|tcp://(?:127\.0\.0\.1|localhost|\[::1\]):\d{1,5}")
MOST = 1000
"""Letters of a value."""


class NotAllowedError(ValueError):
    """A value that is not of its kind; its text says what is allowed."""


def read_value(key: Key, given: Any, root: Path) -> Any:
    """Return the value of a key as the program uses it; raise NotAllowedError with what is allowed.

    `given` is what TOML or an environment variable (always text) has; a path is one below `root`, unless absolute.
    """
    if isinstance(given, str):
        given = given.strip()
        if len(given) > MOST or re.search("[\x00-\x08\x0a-\x1f\x7f]", given):
            raise NotAllowedError(f"one line of text, at most {MOST} letters")
    if key.kind == "path":
        return _path(key, _text(given), root)
    return _KINDS[key.kind](key, given)


def show_value(value: Any) -> str:
    """Return a value as it may be written again, `` where there is none."""
    if value is None:
        return ""
    if isinstance(value, timedelta):
        seconds = int(value.total_seconds())
        unit, size = next(((one, size) for one, size in reversed(_UNITS.items()) if not seconds % size), ("m", 60))
        return f"{seconds // size}{unit}"
    if isinstance(value, dict):
        return ", ".join(f"{name}={limit:g}" for name, limit in value.items())
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _text(given: Any) -> str:
    if not isinstance(given, str) or not given:
        raise NotAllowedError("text, in quotes")
    return given


def _plain(_: Key, given: Any) -> str:
    return _text(given)


def _number(key: Key, given: Any) -> int:
    told = f"a whole number from {key.min} to {key.max}"
    if isinstance(given, str) and re.fullmatch(r"\d{1,9}", given):
        given = int(given)
    if not isinstance(given, int) or isinstance(given, bool) or not (key.min or 0) <= given <= (key.max or given):
        raise NotAllowedError(told)
    return given


def _choice(key: Key, given: Any) -> str:
    if given not in key.allowed:
        raise NotAllowedError(", ".join(key.allowed))
    return str(given)


def _addresses(key: Key, given: Any) -> tuple[str, ...] | str:
    told = "one address, as name@example.com" if key.max == 1 else 'addresses, as ["name@example.com"]'
    found = given if isinstance(given, list) else re.split(r"\s*[,;]\s*", given) if isinstance(given, str) else []
    if not found or not all(isinstance(one, str) and _ADDRESS.fullmatch(one.strip()) for one in found):
        raise NotAllowedError(told)
    if key.max == 1:
        if len(found) > 1:
            raise NotAllowedError(told)
        return str(found[0]).strip()
    return tuple(dict.fromkeys(one.strip() for one in found))


def _path(key: Key, given: str, root: Path) -> Path:
    try:
        path = root / Path(given).expanduser()
        if key.exists and not path.is_file():
            raise NotAllowedError("a file that is there and can be read")
    except (OSError, RuntimeError) as error:  # a name that is too long; `~nobody`
        raise NotAllowedError("a file that is there and can be read") from error
    return path


def _url(_: Key, given: Any) -> str:
    from urllib.parse import urlsplit

    told = "an address that begins with https:// or http://"
    try:
        parts = urlsplit(_text(given))
        is_one = parts.scheme in ("https", "http") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError as error:
        raise NotAllowedError(told) from error
    if not is_one or re.search(r"\s", given):
        raise NotAllowedError(told)
    return str(given)


def _cluster(_: Key, given: Any) -> str:
    if not isinstance(given, str) or not (LOCAL.fullmatch(given) or _SCHEDULER.fullmatch(given)):
        raise NotAllowedError(
            "local:N for N workers on this machine, or the scheduler of a Dask cluster, as tls://HOST:PORT; tcp:// only"
            " on this machine, as Dask asks nobody who they are"
        )
    return given


def _duration(_: Key, given: Any) -> timedelta:
    found = _DURATION.fullmatch(given) if isinstance(given, str) else None
    if not found or not int(found[1]):
        raise NotAllowedError("a number and m, h, d or w (minutes, hours, days, weeks), as 36h")
    return timedelta(seconds=int(found[1]) * _UNITS[found[2]])


def _size(_: Key, given: Any) -> str:
    if not isinstance(given, str) or not _SIZE.fullmatch(given) or not float(_SIZE.sub(_number_of, given)):
        raise NotAllowedError("a number and KB, MB, GB or TB, as 4GB")
    return given.replace(" ", "")


def _number_of(found: re.Match[str]) -> str:
    return re.sub("[^0-9.]", "", found[0])


def _cron(_: Key, given: Any) -> str:
    from cronsim import CronSim, CronSimError

    told = 'minute, hour, day of month, month, day of week, as "0 2 * * *"'
    text = _text(given)
    if len(text.split()) != 5:
        raise NotAllowedError(told)
    try:
        next(CronSim(text, datetime.now(UTC)))
    except (CronSimError, StopIteration) as error:  # no time of that form ever comes, as 30 February
        raise NotAllowedError(told) from error
    return text


def _timezone(_: Key, given: Any) -> str:
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(_text(given)).key
    except (KeyError, ValueError, OSError) as error:
        raise NotAllowedError("a name of the time zone database, as America/New_York") from error


def _limits(_: Key, given: Any) -> dict[str, float]:
    told = "a number for each check, as {rows_readable = 0.1}"
    if isinstance(given, str):
        read = [_LIMIT.fullmatch(one) for one in given.split(",")]
        given = {one[1]: one[2] for one in read if one} if all(read) else None
    if not isinstance(given, dict):
        raise NotAllowedError(told)
    try:
        limits = {name: float(limit) for name, limit in given.items() if not isinstance(limit, bool)}
    except (TypeError, ValueError) as error:
        raise NotAllowedError(told) from error
    if len(limits) < len(given) or not all(0 <= limit < float("inf") for limit in limits.values()):
        raise NotAllowedError(told)
    return limits


_KINDS: dict[str, Callable[[Key, Any], Any]] = {
    "text": _plain, "number": _number, "choice": _choice, "addresses": _addresses, "url": _url,
    "duration": _duration, "size": _size, "cron": _cron, "timezone": _timezone, "limits": _limits,
    "cluster": _cluster,
}  # fmt: skip
