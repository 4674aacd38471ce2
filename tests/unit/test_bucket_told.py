"""What is told where a bucket does not answer, refuses, or is not there: one sentence, in time, without a key."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.lakes import bucket as module
from flows.lakes.bucket import Bucket
from flows.lakes.faults import BucketError
from tests.support.bucket import READER, READER_SECRET, SECRET, Fault, Opened, Proxy, allow
from transforms.errors import EarshotError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "content"
    path.write_bytes(b"content")
    return path


TOLD: dict[str, tuple[list[Fault], tuple[str, int], str]] = {
    "errors without end": ([Fault(status=503)] * 50, ("failing", 1), "answers with an error (503)"),
    "throttling without end": ([Fault(status=429)] * 50, ("failing", 1), "answers with an error (429)"),
    "no answer at all": ([Fault(seconds=10)] * 50, ("slow", 1), "did not answer in time"),
}


@pytest.mark.parametrize(("faults", "code", "words"), TOLD.values(), ids=TOLD)
def test_what_does_not_pass_is_told_in_time(
    faults: list[Fault],
    code: tuple[str, int],
    words: str,
    opened: Opened,
    proxy: Proxy,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(module._ASKED, "read_timeout", "1s")
    proxy.faults = list(faults)
    with pytest.raises(BucketError) as told:
        opened().list("commits")
    assert (told.value.code, told.value.exit_code) == code
    assert words in str(told.value) and str(told.value).startswith("s3://lakes/all/")


def told_of(lake: Bucket, file: Path) -> set[tuple[str, int]]:
    """Return the code of the error of each call, and check that none repeats a key."""
    codes = set()
    for do in (
        lambda: lake.list(""),
        lambda: lake.get("commits/00000001.json"),
        lambda: lake.put("x", file),
        lambda: lake.create("x", b""),
    ):
        with pytest.raises(BucketError) as told:
            do()
        said = f"{told.value!s}{told.value!r}{told.value.__cause__}"
        assert not any(secret in said for secret in ("AKIA", SECRET, "wrong-secret", "Signature="))
        codes.add((told.value.code, told.value.exit_code))
    return codes


def test_a_bucket_that_is_not_there_is_told(opened: Opened) -> None:
    lake = opened("nobody-made-it")
    for do in (lambda: lake.list(""), lambda: lake.get("commits/00000001.json")):
        with pytest.raises(BucketError, match=r"the bucket nobody-made-it at \S+ does not exist") as told:
            do()
        assert (told.value.code, told.value.exit_code) == ("no-bucket", 2)


def test_credentials_that_are_refused_are_told(
    opened: Opened, proxy: Proxy, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened().create("commits/00000001.json", b"one")
    allow(monkeypatch, proxy.port, secret="wrong-secret")
    assert told_of(opened(), file) == {("refused", 2)}
    allow(monkeypatch, proxy.port, key="AKIANOBODY")
    assert told_of(opened(), file) == {("refused", 2)}
    allow(monkeypatch, proxy.port, READER, READER_SECRET)
    assert opened().get("commits/00000001.json").read_bytes() == b"one"
    with pytest.raises(BucketError, match=r"refused the credentials \(AccessDenied\)"):
        opened().put("x", file)


def test_an_endpoint_where_nobody_listens_is_told(
    opened: Opened, proxy: Proxy, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy.close()
    allow(monkeypatch, 1)
    lake = opened()
    with pytest.raises(BucketError, match="cannot be reached") as told:
        lake.list("")
    assert (told.value.code, told.value.exit_code) == ("unreached", 1)


def test_a_fault_of_a_bucket_is_an_error_of_earshot() -> None:
    assert issubclass(BucketError, EarshotError)
