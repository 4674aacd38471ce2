"""Every key of the configuration, as keys.yml declares it, and the one rule that names its environment variable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DECLARED = Path(__file__).with_name("keys.yml")
FILE = "earshot.toml"
PREFIX = "EARSHOT_"


@dataclass(frozen=True)
class Key:
    """One key: its dotted name, what it takes, and its words for people."""

    name: str
    kind: str
    meaning: str
    default: Any = None
    example: Any = None
    allowed: tuple[str, ...] = ()
    min: int | None = None
    max: int | None = None
    exists: bool = False
    """Whether it names a file that must be there."""
    secret: bool = False
    """Whether its value is told by the environment or a file of its own alone, and never shown."""
    needs: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()

    @property
    def variable(self) -> str:
        """The environment variable that goes before earshot.toml."""
        return PREFIX + self.name.replace(".", "_").upper()


@cache
def all_keys() -> Mapping[str, Key]:
    """Return every key by its name, in the order of keys.yml."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C, where PyYAML has it: 25 ms of each command
    declared = yaml.load(DECLARED.read_text(encoding="utf-8"), Loader=loader)
    return {name: _key(name, said) for name, said in declared.items()}


def _key(name: str, said: dict[str, Any]) -> Key:
    lists: dict[str, Any] = {field: tuple(said.pop(field, ())) for field in ("allowed", "needs", "not_with")}
    return Key(name, **lists, **said)


def sections() -> frozenset[str]:
    """Return the dotted names of all sections."""
    parts = [name.split(".")[:-1] for name in all_keys()]
    return frozenset(".".join(one[:length]) for one in parts for length in range(1, len(one) + 1))
