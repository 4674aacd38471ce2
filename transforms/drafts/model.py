"""What a draft is: what a file was taken for, what feeds each column and why, what is asked, and what is left over."""

from __future__ import annotations

from dataclasses import dataclass, field

from transforms.kinds import RecordKind


@dataclass(frozen=True)
class Choice:
    """One canonical column, and the heading of the file that feeds it."""

    column: str
    place: int
    heading: str
    confidence: str
    """certain, likely or a guess."""
    reason: str


@dataclass(frozen=True)
class Question:
    """What the file alone does not tell: the columns that could be meant, each with its place and what it is."""

    column: str
    asks: str
    options: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True)
class Left:
    """A heading that feeds nothing: what is known of it, and what may go wrong where it is ignored."""

    place: int
    heading: str
    known: str
    warning: str = ""
    is_option: bool = False
    """Whether a question is about it, so that it is not ignored before that is answered."""


@dataclass(frozen=True)
class Draft:
    """What is drafted for one file; choices in the order of the kind."""

    kind: RecordKind
    why: str
    """Why it is of the kind."""
    source: str
    """The source that it seems to be of, in words; empty where none is known."""
    choices: list[Choice]
    questions: list[Question] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    constants: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Canonical column -> value, and why it holds for each row."""
    warnings: list[str] = field(default_factory=list)

    @property
    def found(self) -> set[str]:
        """The columns that something feeds, or of which something is asked."""
        return {one.column for one in self.choices} | {one.column for one in self.questions} | set(self.constants)

    @property
    def missing(self) -> list[str]:
        """The required columns that nothing feeds, and of which nothing is asked."""
        return [column.name for column in self.kind.columns if column.required and column.name not in self.found]
