"""What is to be sent: one private file for each notice and channel, until it is sent; bounded in number and age."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from flows.config import Config
from flows.notices.channels import NotSentError, configured, send, warn, write_private
from flows.notices.message import Message, from_json, wants
from flows.settings import Home, now

PAUSES = [0.0, 2.0, 8.0]
"""Seconds before each attempt of one run."""
MOST_KEPT = 50
MOST_AGE = timedelta(days=14)
_TIME = "%Y-%m-%dT%H:%M:%S"


class Waiting(NamedTuple):
    """One notice that waits for its channel."""

    path: Path
    channel: str
    message: Message
    kept_at: datetime


def folder_of(home: Home) -> Path:
    """Return where notices wait."""
    return home.state / "notices"


def tell(home: Home, message: Message) -> dict[str, str]:
    """Put a message out for each channel that wants it, and send what waits; see `deliver`."""
    config = home.config
    for channel, when in configured(config).items():
        if wants(when, message):
            _keep(home, channel, message)
    return deliver(home, config)


def deliver(home: Home, config: Config | None = None) -> dict[str, str]:
    """Send what waits, the oldest first; return by channel why the rest still waits, empty where all was sent.

    A channel that fails is tried a few times, told of on standard error, and left for the next run.
    """
    found = config or home.config
    failed: dict[str, str] = {}
    if not folder_of(home).is_dir():
        return failed
    with _alone(home) as is_alone:
        for one in _bounded(home, configured(found)) if is_alone else ():
            if one.channel in failed:
                continue
            why = _attempt(found, one)
            if why:
                failed[one.channel] = why
                warn(f"the notice by {one.channel} was not sent ({why}). It is kept, and sent by the next run.")
            else:
                one.path.unlink(missing_ok=True)
    return failed


def waiting(home: Home) -> list[Waiting]:
    """Return what waits, the oldest first; what cannot be read is none of it."""
    found = []
    for path in sorted(folder_of(home).glob("[!.]*.json")):
        try:
            told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            kept = datetime.strptime(told["kept_at"], _TIME)
            found.append(Waiting(path, told["channel"], from_json(told["message"]), kept))
        except (OSError, ValueError, KeyError, TypeError):
            warn(f"{path}: no notice, or damaged. It is removed.")
            path.unlink(missing_ok=True)
    return found


def _keep(home: Home, channel: str, message: Message) -> None:
    folder_of(home).mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{now():%Y%m%dT%H%M%S%f}-{channel}-{uuid.uuid4().hex[:8]}.json"
    told = {"channel": channel, "kept_at": f"{now():{_TIME}}", "message": message.as_json()}
    write_private(folder_of(home) / name, json.dumps(told, indent=2, ensure_ascii=False, default=str) + "\n")


def _attempt(config: Config, one: Waiting) -> str:
    """Return why a notice could not be sent, empty where it was."""
    why = ""
    for pause in PAUSES:
        time.sleep(pause)
        try:
            send(one.channel, config, one.message)
        except NotSentError as error:
            why = str(error)
        else:
            return ""
    return why


def _bounded(home: Home, channels: dict[str, str]) -> list[Waiting]:
    """Return what is to be sent; what is too old or too much, or has no channel any more, is dropped and told of."""
    found = waiting(home)
    asked = [one for one in found if one.channel in channels]
    kept = [one for one in asked[-MOST_KEPT:] if now() - one.kept_at < MOST_AGE]
    for one in found:
        if one not in kept:
            one.path.unlink(missing_ok=True)
    if len(kept) < len(asked):
        days, dropped = MOST_AGE.days, len(asked) - len(kept)
        warn(f"notices dropped that could not be sent: {dropped} ({MOST_KEPT} are kept, for {days} days).")
    return kept


@contextmanager
def _alone(home: Home) -> Iterator[bool]:
    """Hold the notices while they are sent; False where another process sends them."""
    from filelock import FileLock, Timeout

    lock = FileLock(folder_of(home) / ".lock", mode=0o600)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()
