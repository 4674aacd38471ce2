"""Strict reading of the content files (YAML): every scalar is text, every key is unique.

`NO` stays Norway, `3E001` stays an ECCN, `2024-12-26` stays ten characters until a model asks for a date.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from transforms.errors import Fault


class _RepeatedKeyError(yaml.YAMLError):
    def __init__(self, key: str, line: int) -> None:
        self.key, self.line = key, line
        super().__init__(f"key {key!r} appears twice")


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(loader.construct_object(key_node, deep=True))
        if key in found:
            raise _RepeatedKeyError(key, key_node.start_mark.line + 1)
        found[key] = loader.construct_object(value_node, deep=True)
    return found


def _scalar(loader: Any, node: yaml.ScalarNode) -> str | None:
    return None if not node.style and node.value in ("", "~", "null") else str(node.value)


def _text_loader(base: Any) -> Any:
    """Return a loader without implicit types that refuses a repeated key."""
    loader: Any = type("TextLoader", (base,), {"yaml_implicit_resolvers": {}})
    loader.add_constructor("tag:yaml.org,2002:map", _mapping)
    loader.add_constructor("tag:yaml.org,2002:str", _scalar)
    return loader


# The C parser, where PyYAML was built with it, is ten times as fast, but knows no `[D:5]` without quotation marks:
# what it refuses is read again by the parser in Python, whose word counts.
_LOADERS = [_text_loader(getattr(yaml, name)) for name in ("CSafeLoader", "SafeLoader") if hasattr(yaml, name)]


def _parse(text: str) -> Any:
    for loader in _LOADERS[:-1]:
        try:
            return yaml.load(text, Loader=loader)
        except yaml.MarkedYAMLError:
            continue
    return yaml.load(text, Loader=_LOADERS[-1])


def read_yaml(path: Path, shown_as: str) -> tuple[Any, list[Fault]]:
    """Return (content, []) or (None, [fault]): scalars as text, None where a key has no value.

    `shown_as` is the name that faults carry, for instance `rules/controls/pakistan-rs/rule.yml`.
    """
    try:
        return _parse(path.read_text(encoding="utf-8")), []
    except _RepeatedKeyError as error:
        return None, [Fault(shown_as, error.key, f"the key appears twice (line {error.line})", "each key once")]
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        return None, [Fault(shown_as, f"line {line}", f"not readable as YAML: {error.problem}")]
    except yaml.YAMLError as error:
        return None, [Fault(shown_as, "", f"not readable as YAML: {error}")]
    except UnicodeDecodeError as error:
        return None, [Fault(shown_as, f"byte {error.start}", "not UTF-8", "text in UTF-8")]
    except OSError as error:
        return None, [Fault(shown_as, "", f"cannot be read: {error.strerror}")]
