"""Strict reading of the content files (YAML): every scalar is text, every key is unique.

`NO` stays Norway, `3E001` stays an ECCN, `2024-12-26` stays ten characters until a model asks for a date. A file is
built event by event, without recursion, so that none can take the stack, the memory or the time of a run: it has a
size, a depth and a number of repeated parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from transforms.errors import Fault

MOST_BYTES = 2_000_000
"""Of a file: some ten thousand examples of a rule."""
DEEPEST = 40
"""Lists and mappings within each other; what Earshot reads has seven."""
MOST_REPEATED = 100_000
"""Values that stand in a file by an alias (`*name`), each counted wherever it stands."""
_TEXT = (None, "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map")
_PARSERS = [getattr(yaml, name) for name in ("CSafeLoader", "SafeLoader") if hasattr(yaml, name)]
"""The C parser, where PyYAML was built with it, is ten times as fast, but knows no `[D:5]` without quotation marks:
what it refuses is read again by the parser in Python, whose word counts."""


class _RepeatedKeyError(yaml.YAMLError):
    def __init__(self, key: str, line: int) -> None:
        self.key, self.line = key, line
        super().__init__(f"key {key!r} appears twice")


class _RefusedError(yaml.YAMLError):
    """What YAML allows and a content file does not."""

    def __init__(self, problem: str, allowed: str, event: Any) -> None:
        self.problem, self.allowed, self.line = problem, allowed, event.start_mark.line + 1
        super().__init__(problem)


class _Open:
    """A list or mapping that is being read: what is in it, the key whose value comes next, and its values so far."""

    def __init__(self, event: Any) -> None:
        self.anchor = event.anchor
        self.content: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        self.key: str | None = None
        self.values = 1

    def add(self, value: Any, event: Any) -> None:
        """Take the next key or value."""
        if isinstance(self.content, list):
            self.content.append(value)
        elif self.key is None:
            self.key = str(value)
            if self.key in self.content:
                raise _RepeatedKeyError(self.key, event.start_mark.line + 1)
        else:
            self.content[self.key] = value
            self.key = None


def _built(events: Iterator[Any]) -> Any:
    """Return the one document of a stream of events; None where it has none."""
    root = _Open(yaml.SequenceStartEvent(None, None, implicit=True))
    within = [root]
    anchors: dict[str, tuple[Any, int]] = {}
    repeated = 0
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent) and root.content:
            raise _RefusedError("several documents", "one document, without `---` in it", event)
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in anchors:
                raise _RefusedError(f"*{event.anchor} stands within itself or before it is named", "a value", event)
            (value, values), anchor = anchors[event.anchor], None
            repeated += values
            if repeated > MOST_REPEATED:
                allowed = f"at most {MOST_REPEATED:,} values by aliases"
                raise _RefusedError("aliases repeat too much", allowed, event)
        elif isinstance(event, yaml.ScalarEvent):
            value, values, anchor = _scalar(event), 1, event.anchor
        elif isinstance(event, yaml.CollectionStartEvent):
            _require_plain(event)
            if len(within) > DEEPEST:
                raise _RefusedError("nested too deep", f"at most {DEEPEST} lists and mappings in each other", event)
            if event.anchor:
                anchors.pop(event.anchor, None)
            within.append(_Open(event))
            continue
        elif isinstance(event, yaml.CollectionEndEvent):
            done = within.pop()
            value, values, anchor = done.content, done.values, done.anchor
        else:
            continue
        if anchor:
            anchors[anchor] = value, values
        within[-1].values += values
        within[-1].add(value, event)
    return root.content[0] if root.content else None


def _scalar(event: Any) -> str | None:
    _require_plain(event)
    return None if not event.style and event.value in ("", "~", "null") else str(event.value)


def _require_plain(event: Any) -> None:
    if event.tag not in _TEXT:
        raise _RefusedError(f"the tag {event.tag!r}", "values without tags", event)


def _parse(text: str) -> Any:
    for parser in _PARSERS[:-1]:
        try:
            return _built(yaml.parse(text, Loader=parser))
        except yaml.MarkedYAMLError:
            continue
    return _built(yaml.parse(text, Loader=_PARSERS[-1]))


def read_yaml(path: Path, shown_as: str) -> tuple[Any, list[Fault]]:
    """Return (content, []) or (None, [fault]): scalars as text, None where a key has no value.

    `shown_as` is the name that faults carry, for instance `rules/controls/pakistan-rs/rule.yml`.
    """
    try:
        if path.exists() and not path.is_file():
            return None, [Fault(shown_as, "", "not a file", "a file of text")]
        size = path.stat().st_size
        if size > MOST_BYTES:
            return None, [Fault(shown_as, "", f"too large ({size:,} bytes)", f"at most {MOST_BYTES:,} bytes")]
        return _parse(path.read_text(encoding="utf-8")), []
    except _RepeatedKeyError as error:
        return None, [Fault(shown_as, error.key, f"the key appears twice (line {error.line})", "each key once")]
    except _RefusedError as error:
        return None, [Fault(shown_as, f"line {error.line}", error.problem, error.allowed)]
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        return None, [Fault(shown_as, f"line {line}", f"not readable as YAML: {error.problem}")]
    except yaml.YAMLError as error:
        return None, [Fault(shown_as, "", f"not readable as YAML: {error}")]
    except UnicodeDecodeError as error:
        return None, [Fault(shown_as, f"byte {error.start}", "not UTF-8", "text in UTF-8")]
    except OSError as error:
        return None, [Fault(shown_as, "", f"cannot be read: {error.strerror}")]
