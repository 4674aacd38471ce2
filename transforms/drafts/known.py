"""The headings of known sources, one file for each in `data/layouts/known/`: read strictly, all faults at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from transforms.content import read_yaml
from transforms.drafts.words import Words, fault_of
from transforms.errors import Fault
from transforms.kinds import KINDS, KindName
from transforms.layouts.model import Layout
from transforms.layouts.naming import bare, fold
from transforms.layouts.read import LayoutError

Confidence = Literal["documented", "partly from memory", "from memory"]


class _Source(BaseModel):
    """One file: where its headings are from, and what each of them means."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: str
    source: tuple[str, ...]
    """The documents in which the headings stand."""
    confidence: Confidence
    kinds: tuple[KindName, ...]
    """What a row of it is, the likeliest first."""
    headings: dict[str, tuple[str, ...]]
    """Meaning (`words/meanings.yml`) -> headings."""
    others: dict[str, tuple[str, ...]] = {}
    """What headings are that mean nothing to Earshot, in words -> the headings."""


@dataclass(frozen=True)
class Source:
    """A known source: what each of its headings means, by the folded heading."""

    id: str
    title: str
    kinds: tuple[KindName, ...]
    meanings: Mapping[str, str]
    """Folded heading -> name of a meaning; `ignored: ...` with what it is, where it means nothing."""
    is_layout: bool = False
    bares: Mapping[str, str] = field(default_factory=dict)
    """The same by letters and digits alone."""

    def meaning_of(self, heading: str) -> str:
        """Return the name of the meaning of a heading, or the empty text where the source has none of the kind."""
        return self.meanings.get(fold(heading)) or self.bares.get(bare(heading), "")


IGNORED = "ignored: "


def read_known(folder: Path, words: Words) -> list[Source]:
    """Return the sources of a folder by id; raise `LayoutError` with every fault of every file."""
    sources: list[Source] = []
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.yml")):
        source, found = _read(path, words)
        faults += found
        if source is not None:
            sources.append(source)
    if faults:
        raise LayoutError(faults)
    return sources


def _read(path: Path, words: Words) -> tuple[Source | None, list[Fault]]:
    file = str(path)
    content, faults = read_yaml(path, file)
    if faults:
        return None, faults
    if not isinstance(content, dict):
        return None, [Fault(file, "", "no source in the file", "a mapping with id, title, source and headings")]
    try:
        written = _Source.model_validate(_lists(content))
    except ValidationError as error:
        return None, [fault_of(detail, file) for detail in error.errors()]
    if written.id != path.stem:
        faults.append(Fault(file, "id", f"{written.id!r} is not the name of the file", path.stem))
    if not written.source:
        faults.append(Fault(file, "source", "no document is named", "a document or an address"))
    if not written.kinds:
        faults.append(Fault(file, "kinds", "no kind is named", ", ".join(KINDS)))
    said: dict[str, str] = {}
    for name, headings in written.headings.items():
        if name not in words.meanings:
            faults.append(Fault(file, f"headings.{name}", "no such meaning", "a meaning of words/meanings.yml"))
        faults += _say(said, name, headings, file, f"headings.{name}")
    for what, headings in written.others.items():
        faults += _say(said, IGNORED + what, headings, file, f"others.{what}")
    return _source(written.id, written.title, written.kinds, said), faults


def _say(said: dict[str, str], name: str, headings: Iterable[str], file: str, key: str) -> list[Fault]:
    faults = []
    for heading in headings:
        if said.setdefault(fold(heading), name) != name:
            problem = f"{heading!r} means {said[fold(heading)]} too"
            faults.append(Fault(file, key, problem, "each heading once in a source"))
    return faults


def _lists(content: dict[str, Any]) -> dict[str, Any]:
    """Let one text stand for a list of it."""
    return {
        key: [value] if key in ("source", "kinds") and isinstance(value, str)
        else {name: [one] if isinstance(one, str) else one for name, one in value.items()}
        if key in ("headings", "others") and isinstance(value, dict) else value
        for key, value in content.items()
    }  # fmt: skip


def _source(
    name: str, title: str, kinds: Sequence[KindName], said: Mapping[str, str], *, is_layout: bool = False
) -> Source:
    bares: dict[str, str] = {}
    for heading, meaning in said.items():
        bares.setdefault(bare(heading), meaning)
    return Source(name, title, tuple(kinds), dict(said), is_layout, bares)


def of_layouts(layouts: Mapping[str, Layout]) -> list[Source]:
    """Return what layouts say of headings, as sources: those of the home among them."""
    sources = []
    for layout in layouts.values():
        said = {fold(heading): name for name, entry in layout.columns.items() for heading in entry.headings}
        for heading in layout.ignore:
            said.setdefault(fold(heading), f"{IGNORED}ignored by the layout {layout.id}")
        sources.append(_source(layout.id, f"the layout {layout.id}", (layout.kind,), said, is_layout=True))
    return sources
