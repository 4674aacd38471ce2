"""What is told of the configuration of a home."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from flows.config import Config, Key, all_keys
from flows.config.kinds import show_value
from flows.show.tables import Col, show_table

_COLUMNS = (Col("Key", "id"), Col("Value"), Col("From"), Col("What it is"))


class Row(NamedTuple):
    """One key as it is told: a secret only as `set, not shown`, what is not set as empty."""

    key: str
    value: str
    origin: str
    variable: str
    meaning: str


def rows_of(config: Config) -> Iterator[Row]:
    """Yield a row for each key, in the order of keys.yml."""
    for key in all_keys().values():
        yield Row(key.name, _shown(config, key), config.origin(key.name), key.variable, key.meaning)


def _shown(config: Config, key: Key) -> str:
    value = config.value(key.name)
    return "set, not shown" if key.secret and value is not None else show_value(value)


def show_config(config: Config) -> None:
    """Print each key with its value, where it came from, and what it is."""
    rows = [(one.key, one.value or "not set", one.origin, one.meaning) for one in rows_of(config)]
    show_table(_COLUMNS, rows, caption="Each key has an environment variable: EARSHOT_ and its name in capitals.")
