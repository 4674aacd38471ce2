"""Ask a stage of every part: what is there already is not made again, and all the rest is run together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from transforms.lake.call import Call, Done, Room, Work
from transforms.lake.made import Made
from transforms.lake.parts import Part, Parts


@dataclass(frozen=True)
class Asking:
    """Which parts are asked, where what they tell is kept, who does the work, and as known when."""

    parts: Parts
    made: Made
    work: Work
    values: Mapping[str, object]
    """What every call is told: the moment among them."""
    made_by: tuple[str, str]

    def ask(
        self,
        stage: Callable[[Call, Room], Done],
        names: Sequence[str],
        rests_on: Callable[[Part], Sequence[object]],
        given: Callable[[Part], Mapping[str, Path]],
    ) -> dict[str, dict[date, Path]]:
        """Return the files of the results of a stage, by name and by the first day of their part.

        `rests_on` says on what else than the lines of a part its results rest, `given` which relations it reads.
        """
        files: dict[str, dict[date, Path]] = {name: {} for name in names}
        calls = []
        for part in self.parts.parts:
            rests = rests_on(part)
            out = {name: self.made.file(name, part, rests) for name in names}
            for name, path in out.items():
                files[name][part.first] = path
            if missing := {name: path for name, path in out.items() if not path.exists()}:
                calls.append(Call(stage, part.about, missing, given(part), self.values, self.made_by, part))
        if calls:
            self.work(calls)
        return files

    def ask_slices(
        self,
        stage: Callable[[Call, Room], Done],
        names: Sequence[str],
        slices: int,
        given: Mapping[str, Path],
        values: Mapping[str, object],
        rests_on: Sequence[object],
    ) -> dict[str, list[Path]]:
        """Return the files of the results of a stage that reads no lines, by name and in the order of its slices.

        Each call is told `slices`, and at which of them it is by `slice_at`.
        """
        files: dict[str, list[Path]] = {name: [] for name in names}
        rests = [stage.__name__, slices, *(path.name for path in given.values()), *rests_on]
        calls = []
        for at in range(slices):
            out = {name: self.made.slice(name, at, rests) for name in names}
            for name, path in out.items():
                files[name].append(path)
            if missing := {name: path for name, path in out.items() if not path.exists()}:
                told = {**self.values, **values, "slices": slices, "slice_at": at}
                about = f"slice {at + 1} of {slices}"
                calls.append(Call(stage, about, missing, given, told, self.made_by))
        if calls:
            self.work(calls)
        return files
