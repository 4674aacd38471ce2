"""Read the configuration of a home: the environment, then earshot.toml, then the default; all faults at once."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from flows.config.keys import FILE, PREFIX, Key, all_keys, sections
from flows.config.kinds import NotAllowedError, read_value
from transforms.errors import Fault, InputError

_MOST_BYTES = 1_000_000
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
DEFAULT = "default"


class ConfigError(InputError):
    """The configuration is refused; `faults` lists every fault."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


@dataclass(frozen=True)
class Config:
    """The value of each key, and where it came from: `default`, `earshot.toml`, `environment variable NAME`."""

    root: Path
    values: Mapping[str, Any]
    origins: Mapping[str, str]

    def value(self, name: str) -> Any:
        """Return the value of a key, None where it is not set; durations are timedeltas, paths absolute or of root."""
        return self.values[name]

    def origin(self, name: str) -> str:
        """Return where the value of a key came from."""
        return self.origins[name]

    def secret(self, name: str) -> str | None:
        """Return a secret: the value of its variable, or the first line of its `..._file`; None where neither is set.

        Raises InputError where that file cannot be read, or its line is not of the kind; the line is never told.
        """
        path = self.values[f"{name}_file"]
        if self.values[name] is not None or path is None:
            return self.values[name]  # type: ignore[no-any-return]
        try:
            line = path.read_text(encoding="utf-8-sig").partition("\n")[0]
            return str(read_value(all_keys()[name], line, self.root))
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{path}: {name}_file: cannot be read ({type(error).__name__})") from error
        except NotAllowedError as error:
            raise InputError(f"{path}: {name}_file: the first line must be {error}") from None


def read_config(root: Path, environment: Mapping[str, str] | None = None) -> Config:
    """Return the configuration of the home at `root`; raise ConfigError with all faults of file and environment."""
    said = os.environ if environment is None else environment
    return _read(root, _bytes_of(root), tuple(sorted((name, told) for name, told in said.items() if _is_ours(name))))


def default_config(root: Path) -> Config:
    """Return the configuration of a home in which nothing is set."""
    return _read(root, b"", ())


def refuse_bad_config(root: Path) -> None:
    """Raise ConfigError where the home has a configuration, and it is at fault; cheap where it has none."""
    if os.path.lexists(root / FILE) or any(map(_is_ours, os.environ)):
        read_config(root)


def _is_ours(name: str) -> bool:
    return name.startswith(PREFIX) and name not in ("EARSHOT_HOME", "EARSHOT_USER")


def _bytes_of(root: Path) -> bytes | str:
    """Return what the file holds, nothing where there is none, and in words why it cannot be read."""
    path = root / FILE
    try:
        with path.open("rb") as stream:
            held = stream.read(_MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return "it is a link that leads nowhere" if path.is_symlink() else b""
    except OSError as error:
        return f"it cannot be read: {error.strerror}"
    return held if len(held) <= _MOST_BYTES else f"it has more than {_MOST_BYTES:,} bytes"


@lru_cache(maxsize=8)
def _read(root: Path, held: bytes | str, environment: tuple[tuple[str, str], ...]) -> Config:
    faults: list[Fault] = []
    given: dict[str, tuple[Any, str]] = {}
    for name, told in _of_file(root, held, faults):
        if all_keys()[name].secret:
            where = f"environment variable {all_keys()[name].variable}, or {name}_file"
            faults.append(Fault(str(root / FILE), name, "a secret does not belong in this file", where))
        else:
            given[name] = told, FILE
    for name, told in _of_environment(environment, faults):
        given[name] = told, f"environment variable {all_keys()[name].variable}"
    values: dict[str, Any] = {}
    for key in all_keys().values():
        told, origin = given.get(key.name, (key.default, DEFAULT))
        try:
            values[key.name] = None if told is None else read_value(key, told, root)
        except NotAllowedError as error:
            problem = "the value is not allowed" if key.secret else f"{told!r} is not allowed"
            faults.append(_fault(root, key, origin, problem, str(error)))
    origins = {name: given[name][1] if name in given else DEFAULT for name in all_keys()}
    faults += _together(root, given, origins)
    if values.get("notify.email.security") == "none" and values.get("notify.email.user") is not None:
        host = values.get("notify.email.host")
        if host not in (None, *_LOOPBACK):
            key = all_keys()["notify.email.security"]
            problem = "a password would leave this machine unencrypted"
            faults.append(_fault(root, key, origins[key.name], problem, "starttls, tls"))
    if faults:
        raise ConfigError(faults)
    return Config(root, values, origins)


def _fault(root: Path, key: Key, origin: str, problem: str, allowed: str) -> Fault:
    where = origin if origin.startswith("environment") else str(root / FILE)
    return Fault(where, key.name, problem, allowed)


def _together(root: Path, given: Mapping[str, Any], origins: Mapping[str, str]) -> Iterator[Fault]:
    """Yield a fault for each key that is set without those it needs, or beside one that it excludes."""
    for key in (all_keys()[name] for name in given):
        for other in key.needs:
            if other not in given:
                yield _fault(root, key, origins[key.name], f"set without {other}", f"with {other}, or not at all")
        for other in key.not_with:
            if other in given:
                yield _fault(root, key, origins[key.name], f"set together with {other}", "one of the two")


def _of_file(root: Path, held: bytes | str, faults: list[Fault]) -> Iterator[tuple[str, Any]]:
    path = str(root / FILE)
    if isinstance(held, str):
        faults.append(Fault(path, "", held, "a file of text that can be read"))
        return
    try:
        table = tomllib.loads(held.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        faults.append(Fault(path, f"byte {error.start}", "not UTF-8", "text in UTF-8"))
    except RecursionError:
        faults.append(Fault(path, "", "not readable as TOML: nested too deeply"))
    except ValueError as error:
        faults.append(Fault(path, "", f"not readable as TOML: {error}", "each key once, texts in quotes"))
    else:
        yield from _flat(path, table, "", faults)


def _flat(path: str, table: Mapping[str, Any], above: str, faults: list[Fault]) -> Iterator[tuple[str, Any]]:
    for part, told in table.items():
        name = f"{above}{part}"
        if name in all_keys():
            yield name, told
        elif name not in sections():
            faults.append(Fault(path, name, f"not a key{_nearest(name)}", "the keys of: earshot config"))
        elif isinstance(told, dict):
            yield from _flat(path, told, f"{name}.", faults)
        else:
            faults.append(Fault(path, name, "a section, not a key", f"[{name}] and its keys"))


def _of_environment(
    environment: tuple[tuple[str, str], ...], faults: list[Fault]
) -> Iterator[tuple[str, str]]:
    variables = {key.variable: key for key in all_keys().values()}
    starts = tuple({f"{PREFIX}{name.partition('.')[0].upper()}_" for name in all_keys()})
    for variable, told in environment:
        if variable in variables:
            if told.strip():  # an empty one sets nothing
                yield variables[variable].name, told
        elif variable.startswith(starts):
            nearest = _nearest(variable, variables)
            faults.append(Fault(f"environment variable {variable}", "", f"not a key{nearest}", "see: earshot config"))


def _nearest(word: str, known: Mapping[str, Any] | None = None) -> str:
    from transforms.rulebook.words import did_you_mean

    return did_you_mean(word, known or {*all_keys(), *sections()}).rstrip("?").replace(", did", "; did")
