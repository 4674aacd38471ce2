"""A home goes to a bucket and back and nothing is lost; one whose lines stay there is screened to the same bytes."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from flows.doctor.check import Level
from flows.doctor.lake import look_at_lake
from flows.jobs.lake import export, prove
from flows.jobs.lake_home import import_home
from flows.jobs.screen import screen_home
from flows.jobs.verify import verify
from flows.lakes.bucket import open_bucket
from flows.opening import opened
from flows.settings import Home
from tests.support.bucket import KEY, SECRET, Fault, Proxy, allow
from tests.support.command import AS_OF, EARSHOT, Golden, earshot
from transforms.errors import EarshotError, InputError


@pytest.fixture(scope="module")
def screened(golden: Golden, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a copy of the golden home."""
    return Home(golden.copy(tmp_path_factory.mktemp("screened") / "home"))


def test_a_home_goes_to_a_bucket_and_back(screened: Home, proxy: Proxy, tmp_path: Path) -> None:
    lake = "s3://lakes/back"
    first, second = export(screened, lake), export(screened, lake)
    assert (first.commit, first.new_files, second.commit, second.new_files) == (1, first.files, 1, 0)
    assert prove(lake).holds
    home = Home(tmp_path / "home")
    assert import_home(lake, home).lines == first.lines
    assert not home.fetched.exists()
    assert verify(home).holds


def test_a_home_on_a_bucket_is_screened_to_the_same_bytes_though_the_bucket_is_gone(
    golden: Golden, screened: Home, proxy: Proxy, tmp_path: Path
) -> None:
    export(screened, "s3://lakes/stays")
    home = Home(tmp_path / "home")
    done = import_home("s3://lakes/stays", home, leave_lines=True)
    assert {path.relative_to(home.fetched).parts[0] for path in home.fetched.rglob("*") if path.is_file()} == {
        "commits", "filings", "lines",
    }  # fmt: skip
    assert [(one.code, one.level) for one in look_at_lake(home)] == [("lake", Level.OK)]
    shutil.rmtree(home.fetched)  # it may be: all is fetched again
    with opened(home, "a test", read_only=True) as connection:
        assert connection.execute("select count(*) from lines").fetchone() == (done.lines,)
        with pytest.raises(Exception, match=r"httpfs|No files found|not exist"):
            connection.execute("from read_parquet('s3://lakes/stays/lines/*/*.parquet')").fetchall()
    (home.fetched / "lines" / "former.parquet").touch()
    asked = proxy.connections
    proxy.close()
    (run,) = home.reports.glob("2*")
    shutil.rmtree(run)
    screen_home(home, date.fromisoformat(AS_OF))
    assert proxy.connections == asked
    for path in golden.report.iterdir():
        if path.suffix != ".xlsx":
            assert (run / path.name).read_bytes() == path.read_bytes(), path.name
    assert not (home.fetched / "lines" / "former.parquet").exists()
    (told,) = look_at_lake(home)
    assert (told.code, told.level) == ("lake-unreached", Level.FAULT)
    assert "s3://lakes/stays: the bucket lakes at http://127.0.0.1:" in told.said
    assert not any(secret.encode() in path.read_bytes() for path in files_of(home.root) for secret in (KEY, SECRET))


def files_of(folder: Path) -> list[Path]:
    """Return every file below a folder."""
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_that_is_gone_from_the_bucket_is_named_and_nothing_is_imported(
    screened: Home, proxy: Proxy, tmp_path: Path
) -> None:
    export(screened, "s3://lakes/gone")
    lake = open_bucket("lakes", "gone", tmp_path / "fetched")
    name = lake.list("lines")[0]
    lake.delete(name)
    assert prove("s3://lakes/gone").faults == [f"{name}: missing"]
    with pytest.raises(EarshotError, match=name):
        import_home("s3://lakes/gone", Home(tmp_path / "home"))
    assert list(tmp_path.iterdir()) == []


def test_an_export_that_is_killed_leaves_the_lake_as_it_was_and_the_next_one_makes_it(
    screened: Home, proxy: Proxy, tmp_path: Path
) -> None:
    proxy.faults = [Fault(up=60_000), *[Fault(seconds=30)] * 50]
    process = subprocess.Popen([EARSHOT, "lake", "export", "s3://lakes/killed", "--home", screened.root])
    while proxy.connections < 2:
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    proxy.faults = []
    with pytest.raises(InputError, match="no lake of Earshot"):
        prove("s3://lakes/killed")
    assert export(screened, "s3://lakes/killed").commit == 1
    assert prove("s3://lakes/killed").holds


@pytest.mark.long
def test_exports_that_are_killed_at_any_moment_leave_the_last_commit_and_the_next_one_goes_on(
    screened: Home, proxy: Proxy, tmp_path: Path
) -> None:
    lake, drawn, killed = "s3://lakes/many-killed", random.Random(4612), 0
    home = Home(Path(shutil.copytree(screened.root, tmp_path / "home")))
    assert export(home, lake).commit == 1
    for number in range(25):
        (home.reports / "note.txt").write_text(str(number), encoding="utf-8")
        process = subprocess.Popen([EARSHOT, "lake", "export", lake, "--home", home.root], stdout=subprocess.DEVNULL)
        try:
            process.wait(drawn.uniform(0.5, 2.5))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            killed += 1
        proved = prove(lake)
        assert proved.holds and proved.commits <= number + 2
    assert killed > 3
    export(home, lake)
    assert import_home(lake, Home(tmp_path / "back")).lines > 0
    assert (tmp_path / "back" / "reports" / "note.txt").read_text(encoding="utf-8") == "24"
    assert verify(Home(tmp_path / "back")).holds


def test_a_command_that_waits_for_the_bucket_can_be_interrupted(proxy: Proxy) -> None:
    proxy.faults = [Fault(seconds=30)] * 50
    command = [EARSHOT, "lake", "verify", "s3://lakes/x"]

    def hear() -> None:  # whoever is started in the background of a script passes on that Ctrl-C is ignored
        signal.signal(signal.SIGINT, signal.default_int_handler)

    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, preexec_fn=hear)
    while not proxy.connections:
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 130


def test_a_command_tells_a_fault_of_the_bucket_in_a_sentence(
    proxy: Proxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    allow(monkeypatch, proxy.port, secret="wrong-secret")
    done = earshot("init", "--lake", "s3://lakes/x", "--home", tmp_path / "home")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("s3://lakes/x: the bucket lakes at http://127.0.0.1:")
    assert "refused the credentials" in done.err and "wrong-secret" not in done.err and KEY not in done.err
    assert list(tmp_path.iterdir()) == []


WITHOUT = """
import sys
sys.modules["obstore"] = None  # as where it is not installed
from flows.main import run
sys.argv = ["earshot", *sys.argv[1:]]
run()
"""


def without_obstore(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command where obstore is not installed."""
    return subprocess.run([sys.executable, "-c", WITHOUT, *words], capture_output=True, text=True, check=False)


def test_without_the_extra_a_folder_works_and_a_bucket_says_what_to_install(screened: Home, tmp_path: Path) -> None:
    done = without_obstore("lake", "export", tmp_path / "lake", "--home", screened.root)
    assert (done.returncode, done.stderr) == (0, "")
    done = without_obstore("lake", "verify", "s3://lakes/x")
    assert (done.returncode, done.stdout) == (2, "")
    assert "pip install -r requirements-bucket.lock" in done.stderr
