"""Which layout reads a file, and how: what neither the layout nor the user says of its form is found out from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError

from transforms.errors import InputError
from transforms.ingest.detect import detect_encoding
from transforms.ingest.extract import read_headings
from transforms.ingest.parquet import is_parquet
from transforms.ingest.workbook import is_workbook
from transforms.layouts.format import DELIMITER_WORDS, Format
from transforms.layouts.match import Match, choose, is_fit, match, require, strangers
from transforms.layouts.model import CHOICES, Layout

DELIMITERS = (",", ";", "\t", "|")
_WORDS = {sign: word for word, sign in DELIMITER_WORDS.items()}


def fit_layout(
    path: Path, layouts: Mapping[str, Layout], layout_id: str | None, said: Mapping[str, str] | None = None
) -> Match:
    """Return how a layout reads `path`: the one named, or the one whose headings fit, each in its own format.

    What is `said` of the format (encoding, delimiter, decimal, sheet) goes before what layouts state, and that before
    what is found out. Raises InputError for an empty or unreadable file, an unknown layout, and headings that do not
    fit.
    """
    if layout_id is not None and layout_id not in layouts:
        raise InputError(f"--layout {layout_id}: no such layout. Allowed: {', '.join(sorted(layouts))}.")
    wanted = layouts if layout_id is None else {layout_id: layouts[layout_id]}
    forms = {name: _stated(layout.format, said or {}) for name, layout in wanted.items()}
    unstated = {name: form.unstated for name, form in forms.items()}
    is_text = not is_workbook(path) and not is_parquet(path)
    if is_text and any("encoding" in keys for keys in unstated.values()):
        encoding = {"encoding": detect_encoding(path)}
        for name in (name for name, keys in unstated.items() if "encoding" in keys):
            forms[name] = forms[name].model_copy(update=encoding)
    told = {name: layout.model_copy(update={"format": forms[name]}) for name, layout in wanted.items()}
    readers = _Readers(path, told)
    fitting = readers.fitting(readers.layouts.values())
    if not fitting and is_text:
        free = [layout for name, layout in readers.layouts.items() if "delimiter" in unstated[name]]
        others = [_with_delimiter(layout, sign) for sign in DELIMITERS[1:] for layout in free]
        fitting = readers.fitting(others) or _refuse_other_delimiter(readers, unstated)
    found = readers.choose(fitting, layout_id)
    why = "" if layout_id else _why(found, layouts, readers.headings(found.layout.format))
    return replace(found, unstated=unstated[found.layout.id], why=why)


class _Readers:
    """Layouts that may read a file, and its headings in each of their formats, read once."""

    def __init__(self, path: Path, layouts: dict[str, Layout]) -> None:
        self.path, self.layouts = path, layouts
        self._read: dict[Format, list[str] | InputError] = {}

    def headings(self, form: Format) -> list[str]:
        if form not in self._read:
            try:
                self._read[form] = read_headings(self.path, form)
            except InputError as error:
                self._read[form] = error
        read = self._read[form]
        if isinstance(read, InputError):
            raise read
        return read

    def fitting(self, layouts: Iterable[Layout]) -> list[Layout]:
        """Return those of the layouts that fit the headings."""
        fitting = []
        for layout in layouts:
            with suppress(InputError):
                if is_fit(layout, self.headings(layout.format)):
                    fitting.append(layout)
        return fitting

    def choose(self, fitting: Sequence[Layout], layout_id: str | None) -> Match:
        """Return the match of the one layout that fits; raise InputError where none does, or several."""
        read = {form: headings for form, headings in self._read.items() if not isinstance(headings, InputError)}
        first = [self._read[layout.format] for layout in self.layouts.values()]
        errors = [one for one in first if isinstance(one, InputError)]
        if errors and not fitting and len(errors) == len(first):
            raise errors[0]
        if len(fitting) == 1:
            return match(fitting[0], read[fitting[0].format])
        # several or none: said of the format that splits the first line into most columns
        form = fitting[0].format if fitting else max(read, key=lambda one: len(read[one]))
        near = fitting or [
            layout.model_copy(update={"format": form})
            for layout in self.layouts.values()
            if layout.format == form or "delimiter" in layout.format.unstated
        ]
        if layout_id is not None:
            layout = (near or list(self.layouts.values()))[0]
            found = match(layout, self.headings(layout.format))
            require(found, self.path.name)
            return found
        return choose({layout.id: layout for layout in near}, read[form], self.path.name)


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


def _refuse_other_delimiter(readers: _Readers, unstated: Mapping[str, frozenset[str]]) -> list[Layout]:
    """Raise InputError where the headings would fit a layout, had it not stated another delimiter; else return none.

    What is stated is not passed over: a file with semicolons may write 1,234 for a little more than one.
    """
    for layout in readers.layouts.values():
        signs = () if "delimiter" in unstated[layout.id] else DELIMITERS
        for other in readers.fitting(_with_delimiter(layout, sign) for sign in signs):
            word = _WORDS[other.format.delimiter]
            raise InputError(
                f"{readers.path.name}: the delimiter is a {word}, but the layout {layout.id!r}, whose headings match,"
                f" expects {layout.format.delimiter!r}. Give --delimiter {word} (and --decimal , if amounts look like"
                " 1.234,50), or export the file again in the layout's form."
            )
    return []


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
