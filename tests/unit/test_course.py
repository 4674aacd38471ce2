"""How far a job is told to be: by the size of files, by what phases took before, and by what the database says."""

from __future__ import annotations

import json
from pathlib import Path
from time import perf_counter, sleep

import duckdb
import pytest

from flows.watch.course import Course
from flows.watch.former import USUAL, Former, Took, keep_former, read_former
from transforms.phases import phase, watched_by, working

TOOK = {
    "job": Took(10, 0, ("first", "second")),
    "first": Took(2),
    "second": Took(8),
    "file": Took(1, 100),
}


def test_phases_are_weighed_by_the_time_that_they_took_before() -> None:
    course = Course("job", Former(TOOK))
    with watched_by(course):
        assert course.standing().share < 0.01
        with phase("first"):
            pass
        assert course.standing().share == pytest.approx(0.2)
        with phase("second"):
            standing = course.standing()
    assert standing.words == ("job", "second")
    assert standing.left is not None


def test_a_phase_that_is_passed_over_does_not_count() -> None:
    course = Course("job", Former({**TOOK, "job": Took(10, 0, ("first", "second", "third")), "third": Took(8)}))
    with watched_by(course), phase("second"):
        pass
    assert course.standing().share == pytest.approx(0.5)


def test_files_are_weighed_by_their_size_and_tell_a_rate() -> None:
    course = Course("job", Former(TOOK))
    with watched_by(course), phase("files", 1_000, "bytes"):
        with phase("file", 250, "bytes", title="one.csv"):
            pass
        standing = course.standing()
        assert (round(standing.done), standing.size, standing.unit) == (250, 1_000, "bytes")
        assert standing.rate > 0
        with phase("file", 750, "bytes", title="two.csv"):
            assert course.standing().title == "two.csv"


def test_a_phase_that_fails_ends_with_all_within_it() -> None:
    course = Course("job", Former({}))
    with watched_by(course):
        with pytest.raises(ValueError), phase("outer"), phase("inner"):
            raise ValueError
        with phase("next"):
            pass
    assert [one.phase.name for one in course.root.within] == ["outer", "next"]
    assert [one.ended is not None for one, _ in course.root.walk()] == [False, True, True, True]


def test_without_a_watcher_nothing_happens() -> None:
    with phase("alone"), duckdb.connect() as connection, working(connection):
        pass


def test_the_database_is_asked_how_far_a_long_statement_is() -> None:
    from threading import Thread

    course = Course("job", Former({"job": Took(1, 0, ("long",))}), asks_database=True)
    seen = set[float]()
    with duckdb.connect() as connection, watched_by(course), working(connection), phase("long", is_one_statement=True):
        many = "create table many as select md5(i::varchar) as text from range(3000000) as one(i)"
        sleep(0.1)
        assert course.standing().share == 0, "a phase of which nothing is known is not done by waiting"
        thread = Thread(target=connection.execute, args=(many,))
        thread.start()
        until = perf_counter() + 60
        while thread.is_alive() and perf_counter() < until:
            seen.add(course.standing().share)
            sleep(0.01)
        thread.join()
    assert len([one for one in seen if 0 < one < 1]) > 3
    assert course._connections == []


def test_what_is_kept_of_a_run_is_read_again_and_a_broken_file_says_nothing(tmp_path: Path) -> None:
    course, kept = Course("job", Former({})), tmp_path / "phases.json"
    with watched_by(course), phase("files", 300, "bytes"):
        for _ in range(2):
            with phase("file", 150, "bytes"), phase("stage"):
                sleep(0.06)
    course.finish()
    keep_former(kept, course.root)
    former = read_former(kept)
    assert former.within("job") == ("files",)
    assert former.expected("stage", 600) == pytest.approx(4 * former.expected("stage", 150), rel=0.2)
    kept.write_text("[not json")
    assert read_former(kept).within("job") == ()


def test_what_is_usual_names_each_phase_that_is_within_another() -> None:
    usual = json.loads(USUAL.read_text(encoding="utf-8"))
    assert [name for one in usual.values() for name in one["within"] if name not in usual] == []
