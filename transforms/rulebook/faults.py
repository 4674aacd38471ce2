"""From what was written to a model, or to faults in the words of the person who wrote it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from transforms.errors import Fault
from transforms.rulebook.across import NO_VALUE, Found
from transforms.rulebook.model import Exceptions, ExceptionTerms
from transforms.rulebook.words import KnownWords, did_you_mean

Model = TypeVar("Model", bound=BaseModel)

_WRONG_KIND = {
    "model_type": "a mapping is needed",
    "dict_type": "a mapping is needed",
    "tuple_type": "a list is needed",
    "string_type": "a text is needed",
    "too_short": "is empty",
    "string_too_short": "is empty",
    "missing": "the key is missing",
}


def checked(
    model: type[Model],
    written: Any,
    shown_as: str,
    words: KnownWords | None,
    across: Callable[[Any], Iterator[Found]],
) -> tuple[Model | None, list[Fault]]:
    """Return (model, []) or (None, every fault once), the faults carrying the file name `shown_as`.

    `words` None leaves the place words unchecked but for their form; `across` is the check that looks across keys.
    """
    if not isinstance(written, dict) or not written:
        problem = "the file is empty" if not written else "the file is not a mapping"
        return None, [Fault(shown_as, "", problem, f"the keys {', '.join(_keys(model))}")]
    found: set[Found] = set(across(written))
    try:
        read = model.model_validate(written, by_alias=True, by_name=False, context=words)
    except ValidationError as error:
        # a list whose every entry is refused counts as too short as well: that is no fault of its own
        own = (each for each in error.errors() if not (each["type"] == "too_short" and each["input"]))
        found |= {_found(model, written, each) for each in own}
    if found:
        return None, sorted(Fault(shown_as, *each) for each in found)
    return read, []


def _found(model: type[BaseModel], written: Any, error: ErrorDetails) -> Found:
    kind, context, value = error["type"], error.get("ctx", {}), error["input"]
    loc = error["loc"][:-1] if context.get("at") == ".." else error["loc"]
    key = _key(loc, written)
    owner, field = _place(model, loc)
    wanted = (field.description if field else None) or ""
    if kind == "refused":
        return key + context["at"].replace("..", ""), context["problem"], context["allowed"]
    if kind == "extra_forbidden":
        keys = _keys(owner)
        return key, f"unknown key{did_you_mean(str(loc[-1]), keys)}", ", ".join(keys)
    if value is None:
        return key, *NO_VALUE
    if kind == "literal_error":
        choices = context["expected"].replace(" or ", ", ").replace("'", "")
        return key, f'"{value}" is not known{did_you_mean(str(value), choices.split(", "))}', choices
    return key, _WRONG_KIND.get(kind, error["msg"]), wanted


def _key(loc: tuple[int | str, ...], written: Any) -> str:
    """The path as written: steps that only the model has (a sentence read as a list of one) are left out."""
    key = ""
    for at, step in enumerate(loc):
        if isinstance(step, int):
            if isinstance(written, list):
                key, written = f"{key}[{step}]", written[step]
        elif isinstance(written, dict) and (step in written or at == len(loc) - 1) and step != "[key]":
            key, written = f"{key}.{step}" if key else step, written.get(step)
    return key


def _place(model: type[BaseModel], loc: tuple[int | str, ...]) -> tuple[type[BaseModel], FieldInfo | None]:
    """The model that the last step of `loc` belongs to, and its field there, where it has one."""
    field: FieldInfo | None = None
    owner = model
    for step in loc:
        if isinstance(step, int):
            continue
        owner = model
        fields = {entry.alias or name: entry for name, entry in owner.model_fields.items()}
        field = fields.get(step)
        inner = _models(field.annotation) if field else []
        if owner is Exceptions and field is None:
            inner = [ExceptionTerms]
        model = inner[0] if inner else owner
    return owner, field


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models(part)]


def _keys(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]
