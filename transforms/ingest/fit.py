"""Which layout reads a file, and how: what neither the layout nor the user says of its form is found out from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from pydantic import ValidationError

from transforms.cells.detect import detect_encoding
from transforms.cells.headings import FIRST, At, candidates, guessed, headings_of, require_headings, where_words
from transforms.cells.sample import DELIMITERS
from transforms.cells.source import HEAD_ROWS, Source
from transforms.cells.text import DelimitedText
from transforms.errors import InputError
from transforms.layouts.format import DELIMITER_WORDS, Format
from transforms.layouts.match import Match, choose, is_fit, match, require, strangers
from transforms.layouts.model import CHOICES, Layout

_WORDS = {sign: word for word, sign in DELIMITER_WORDS.items()}


def fit_layout(
    source: Source, layouts: Mapping[str, Layout], layout_id: str | None, said: Mapping[str, str] | None = None
) -> Match:
    """Return how a layout reads a file: the one named, or the one whose headings fit, each in its own format.

    What is `said` of the format (encoding, delimiter, decimal, sheet) goes before what layouts state, and that before
    what is found out: the encoding, the delimiter, and in which of the first rows the headings stand. Raises InputError
    for an empty or unreadable file, an unknown layout, and headings that do not fit.
    """
    if layout_id is not None and layout_id not in layouts:
        raise InputError(f"--layout {layout_id}: no such layout. Allowed: {', '.join(sorted(layouts))}.")
    wanted = layouts if layout_id is None else {layout_id: layouts[layout_id]}
    forms = {name: _stated(layout.format, said or {}) for name, layout in wanted.items()}
    unstated = {name: form.unstated for name, form in forms.items()}
    if isinstance(source, DelimitedText):
        forms = _found_out(source, forms)
    told = {name: layout.model_copy(update={"format": forms[name]}) for name, layout in wanted.items()}
    readers = _Readers(source, told)
    fitting = readers.fitting(readers.layouts.values(), readers.first)
    free = [layout for name, layout in readers.layouts.items() if source.is_text and "delimiter" in unstated[name]]
    others = [_with_delimiter(layout, sign) for sign in DELIMITERS for layout in free]
    if not fitting:
        fitting = readers.fitting(others, readers.first)
    if not fitting:  # not in the first row
        fitting = readers.fitting([*readers.layouts.values(), *others], readers.below)
    if not fitting:
        _refuse_other_row(readers)
    if not fitting and source.is_text:
        _refuse_other_delimiter(readers, unstated)
    found = readers.choose(fitting, layout_id)
    why = "" if layout_id else _why(found, layouts, readers.headings(found.layout.format, found.at))
    return replace(found, unstated=unstated[found.layout.id], why=why)


def _found_out(source: DelimitedText, forms: Mapping[str, Format]) -> dict[str, Format]:
    """Return the formats with what the file tells of encoding and delimiter, where they do not state it."""
    unstated = {key for form in forms.values() for key in form.unstated}
    encoding = detect_encoding(source.path) if "encoding" in unstated else "utf-8"
    found = {}
    for name, form in forms.items():
        more: dict[str, str] = {"encoding": encoding} if "encoding" in form.unstated else {}
        if "delimiter" in form.unstated and (sign := source.separator(more.get("encoding", form.encoding))):
            more["delimiter"] = sign
        found[name] = form.model_copy(update=more)
    return found


class _Readers:
    """Layouts that may read a file, and its first rows in each of their formats, read once."""

    def __init__(self, source: Source, layouts: dict[str, Layout]) -> None:
        self.source, self.layouts = source, layouts
        self._read: dict[Format, list[list[str]] | InputError] = {}

    def rows(self, form: Format) -> list[list[str]]:
        if form not in self._read:
            try:
                self._read[form] = self.source.head(form, max(HEAD_ROWS, *form.heading_row, 0))
            except InputError as error:
                self._read[form] = error
        read = self._read[form]
        if isinstance(read, InputError):
            raise read
        return read

    def headings(self, form: Format, at: At) -> list[str]:
        """Return the headings that stand there, those of columns that have one."""
        found = require_headings(headings_of(self.rows(form), at), self.source.path, form)
        return [heading for heading in found if heading.strip()]

    def first(self, layout: Layout) -> list[At]:
        """Where headings stand as a rule, or as the layout says."""
        return [layout.format.heading_row or FIRST]

    def below(self, layout: Layout) -> list[At]:
        """Where else they may stand."""
        return [] if layout.format.heading_row else list(candidates(self.rows(layout.format)))

    def fitting(self, layouts: Iterable[Layout], where: Callable[[Layout], list[At]]) -> list[tuple[Layout, At]]:
        """Return those of the layouts that fit headings in one of those places, each with the first such place."""
        found: dict[str, tuple[Layout, At]] = {}
        for layout in layouts:
            with suppress(InputError):
                for at in where(layout):
                    if layout.id not in found and is_fit(layout, self.headings(layout.format, at)):
                        found[layout.id] = layout, at
        return list(found.values())

    def choose(self, fitting: Sequence[tuple[Layout, At]], layout_id: str | None) -> Match:
        """Return the match of the one layout that fits; raise InputError where none does, or several."""
        first = list(self.layouts.values())
        if len(fitting) == 1:
            layout, at = fitting[0]
            return replace(match(layout, self.headings(layout.format, at)), at=at)
        if fitting:
            form, at = fitting[0][0].format, fitting[0][1]
            near = [layout for layout, _ in fitting]
        else:  # said of the format in which the headings have most columns
            errors = [read for one in first if isinstance(read := self._read[one.format], InputError)]
            if len(errors) == len(first):
                raise errors[0]
            forms = {form: guessed(rows) for form, rows in self._read.items() if not isinstance(rows, InputError)}
            form = max(forms, key=lambda one: len(headings_of(self.rows(one), forms[one])))
            at = forms[form]
            near = [
                layout.model_copy(update={"format": form})
                for layout in first
                if layout.format == form or "delimiter" in layout.format.unstated
            ]
        headings = self.headings(form, at)
        name = self.source.path.name
        if layout_id is not None:
            layout = (near or first)[0]
            place = layout.format.heading_row or (at if near else FIRST)
            found = replace(match(layout, self.headings(layout.format, place)), at=place)
            require(found, name)
            return found
        try:
            return replace(choose({layout.id: layout for layout in near}, headings, name), at=at)
        except InputError as error:
            raise InputError(f"{error}{_far_down(self.rows(form), headings)}") from error


def _stated(form: Format, said: Mapping[str, str]) -> Format:
    """Return the format with what the user said of it."""
    try:
        return Format.model_validate({**form.model_dump(exclude_unset=True), **said}) if said else form
    except ValidationError as error:
        detail = error.errors()[0]
        key = str(detail["loc"][0])
        allowed = detail.get("ctx", {}).get("allowed") or ", ".join(CHOICES.get(key, ()))
        raise InputError(f"--{key} {said.get(key, '')}: not known. Allowed: {allowed}.") from error


def _with_delimiter(layout: Layout, sign: str) -> Layout:
    return layout.model_copy(update={"format": layout.format.model_copy(update={"delimiter": sign})})


def _refuse_other_delimiter(readers: _Readers, unstated: Mapping[str, frozenset[str]]) -> None:
    """Raise InputError where the headings would fit a layout, had it not stated another delimiter.

    What is stated is not passed over: a file with semicolons may write 1,234 for a little more than one.
    """
    for layout in readers.layouts.values():
        signs = () if "delimiter" in unstated[layout.id] else DELIMITERS
        for other, _ in readers.fitting([_with_delimiter(layout, sign) for sign in signs], readers.first):
            word = _WORDS[other.format.delimiter]
            raise InputError(
                f"{readers.source.path.name}: the delimiter is a {word}, but the layout {layout.id!r}, whose headings"
                f" match, expects {layout.format.delimiter!r}. Give --delimiter {word} (and --decimal , if amounts look"
                " like 1.234,50), or export the file again in the layout's form."
            )


def _refuse_other_row(readers: _Readers) -> None:
    """Raise InputError where the headings would fit a layout, had it not stated another row for them."""
    for layout in readers.layouts.values():
        stated = layout.format.heading_row
        if not stated:
            continue
        anywhere = layout.model_copy(update={"format": layout.format.model_copy(update={"heading_row": ()})})
        for _, at in readers.fitting([anywhere], lambda one: [FIRST, *readers.below(one)]):
            raise InputError(
                f"{readers.source.path.name}: the headings of the layout {layout.id!r} are in {where_words(at)}, and it"
                f" says {where_words(stated)}. Correct heading_row in its format, or leave it out: then they are looked"
                f" for in the first {HEAD_ROWS} rows."
            )


def _far_down(rows: Sequence[Sequence[str]], headings: Sequence[str]) -> str:
    """Return what to do where headings may stand below the rows that are looked at; else the empty text."""
    if len(rows) < HEAD_ROWS or len(headings) > 1:
        return ""
    return (
        f"\nThe headings were looked for in the first {HEAD_ROWS} rows. If they stand further down, say where in the"
        " layout: `format: {heading_row: 70}`."
    )


def _why(found: Match, layouts: Mapping[str, Layout], headings: Sequence[str]) -> str:
    """Return in words why the layout was taken: what it knows, and what the next best would not."""
    count = "it has the one heading" if len(headings) == 1 else f"it has all {len(headings)} headings"
    others = {name: strangers(one, headings) for name, one in layouts.items() if name != found.layout.id}
    if not others:
        return count
    name = min(others, key=lambda one: (sum(others[one]), one))
    unknown, missing = others[name]
    lacks = [f"lacks {unknown} of them"] if unknown else []
    lacks += [f"requires {missing} more {'column' if missing == 1 else 'columns'}"] if missing else []
    return count + (f"; the next best layout, {name}, {' and '.join(lacks)}" if lacks else "")
