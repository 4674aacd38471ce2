"""Workers of a cluster say what one process says, and what goes wrong with one of them is told by its name."""

from __future__ import annotations

import hashlib
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.cluster import workers_of
from flows.settings import Home
from tests.support.cluster import dies, killing, lacks_memory
from tests.support.command import AS_OF, EARSHOT, earshot
from tests.support.lake import PRESENT, cut_home, draw_home, told_in_parts
from tests.support.shipped import shipped_law, shipped_rules
from transforms.errors import EarshotError
from transforms.lake.call import Call, Work, made_by
from transforms.lake.made import Made
from transforms.screening.of_part import map_found
from transforms.store import open_memory

HOMES = 20


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Work]:
    pytest.importorskip("distributed", reason="Dask is not installed: pip install -r requirements-cluster.lock")
    home = Home(tmp_path_factory.mktemp("home"))
    home.create()
    (home.root / "earshot.toml").write_text('[cluster]\naddress = "local:2"\n', encoding="utf-8")
    with workers_of(home) as ours:
        yield ours


@pytest.mark.parametrize(
    "killed",
    [
        pytest.param({"map_contexts"}, id="in one stage"),
        pytest.param(
            {"map_uses", "map_crossing", "map_parties", "map_contexts", "map_found"},
            id="in each stage",
            marks=pytest.mark.long,
        ),
    ],
)
def test_a_cluster_whose_workers_are_killed_makes_the_bytes_of_a_loop(
    killed: set[str], work: Work, tmp_path: Path
) -> None:
    law, reconciling = shipped_law(), shipped_rules()[1]
    home = tmp_path / "home.duckdb"
    draw_home(home, random.Random(7), HOMES)
    parts = cut_home(home, tmp_path / "lake", HOMES)
    assert len(parts.parts) > 1
    alone, shared, marks = Made(tmp_path / "alone"), Made(tmp_path / "shared"), tmp_path / "marks"
    wanted = told_in_parts(home, parts, alone, law, PRESENT, reconciling)
    told = told_in_parts(home, parts, shared, law, PRESENT, reconciling, work=killing(work, marks, killed))
    assert told == wanted
    assert {mark.name for mark in marks.iterdir()} == killed
    assert _hashes(shared) == _hashes(alone)
    shared.tidy()
    assert {path.name for path in shared.folder.iterdir()} == set(_hashes(shared))


@pytest.mark.parametrize("stage", [dies, lacks_memory])
def test_a_worker_without_memory_is_named_with_what_to_set(stage: object, work: Work, tmp_path: Path) -> None:
    call = Call(stage, "2025-01-12", {"found": tmp_path / "found.parquet"})  # type: ignore[arg-type]
    with pytest.raises(EarshotError, match=r"The worker \S+ ran out of memory .* of 2025-01-12\. .*cluster\.memory"):
        work([call])


def test_a_worker_of_another_duckdb_is_refused_by_name(work: Work, tmp_path: Path) -> None:
    with open_memory() as connection:
        version, canary = made_by(connection)
    call = Call(map_found, "2025-01-12", {"found": tmp_path / "found.parquet"}, made_by=("1.5.5", canary))
    with pytest.raises(EarshotError, match=rf"The worker on \S+ .* has DuckDB {version}; .* has DuckDB 1\.5\.5"):
        work([call])


@pytest.mark.parametrize("address", ["tcp://10.0.0.1:8786", "local:0"])
def test_an_address_that_is_none_or_asks_nobody_who_they_are_is_refused(address: str, tmp_path: Path) -> None:
    refused = earshot("screen", "--home", tmp_path, "--cluster", address)
    assert (refused.code, address in refused.err) == (2, True)


def test_dask_is_imported_only_where_a_cluster_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "distributed.py").write_text("raise ImportError(name='distributed')\n", encoding="utf-8")
    asked = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from pathlib import Path\n"
        "import flows.main, flows.cluster, transforms.screening.in_parts\n"
        "from flows.settings import Home\n"
        "assert not {'dask', 'distributed'} & set(sys.modules)\n"
        f"with flows.cluster.workers_of(Home(Path({str(tmp_path)!r}))): pass\n"
    )
    env = {"EARSHOT_CLUSTER_ADDRESS": "local:1", "PATH": "", "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run([sys.executable, "-c", asked], env=env, capture_output=True, text=True, check=False)
    assert "Dask is not installed (distributed)" in done.stderr
    assert 'Install it here and on every worker: pip install "earshot[cluster]"' in done.stderr


def _hashes(made: Made) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in made.used}


@pytest.mark.long
def test_a_command_that_is_killed_leaves_no_worker_and_is_taken_up(tmp_path: Path) -> None:
    psutil = pytest.importorskip("psutil", reason="Dask is not installed: pip install -r requirements-cluster.lock")
    first, lake, home = tmp_path / "first", tmp_path / "lake", tmp_path / "home"
    assert earshot("init", "--home", first, "--sample").code == 0
    assert earshot("nightly", "--home", first, "--as-of", AS_OF).code == 0
    assert earshot("lake", "export", lake, "--home", first).code == 0
    assert earshot("init", "--lake", lake, "--home", home).code == 0
    words = ("screen", "--home", str(home), "--as-of", AS_OF)
    before = set((home / "reports").iterdir())
    with subprocess.Popen([EARSHOT, *words, "--cluster", "local:2"], stderr=subprocess.DEVNULL) as killed:
        _wait(lambda: any((home / "state" / "parts").glob("itn_marks-*.parquet")))
        workers = [one for one in psutil.Process(killed.pid).children(recursive=True) if one.is_running()]
        killed.kill()
    _wait(lambda: not psutil.wait_procs(workers, timeout=0)[1])
    assert set((home / "reports").iterdir()) == before
    assert earshot(*words, "--cluster", "local:2").code == 0
    assert earshot("verify", "--home", home).code == 0
    assert not (home / "state" / "work").exists()


def _wait(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + 120
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.05)
