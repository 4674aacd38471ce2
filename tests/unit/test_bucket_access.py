"""Where a bucket is asked and by whom: the environment or the standard profile files say so, and nothing repeats it."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.lakes.access import read_access
from flows.lakes.open import is_bucket, lasting_address, open_lake
from transforms.errors import InputError
from transforms.lake.folder import Folder

PAIR = {"AWS_ACCESS_KEY_ID": "AKIAENVIRONMENT", "AWS_SECRET_ACCESS_KEY": "of-the-environment"}


@pytest.fixture
def user(tmp_path: Path) -> Path:
    """Return the folder of a user who has two profiles."""
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws" / "credentials").write_text(
        "[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = of%default\n"
        "[lakes]\naws_access_key_id = AKIALAKES\naws_secret_access_key = of-lakes\naws_session_token = passing\n"
    )
    (tmp_path / ".aws" / "config").write_text(
        "[default]\nregion = eu-central-1\n[profile lakes]\nregion = us-west-2\nendpoint_url = https://s3.lakes.test\n"
    )
    return tmp_path


def test_the_environment_goes_before_the_profile(user: Path) -> None:
    access = read_access({**PAIR, "AWS_REGION": "us-gov-west-1"}, user)
    assert (access.credentials["access_key_id"], access.region) == ("AKIAENVIRONMENT", "us-gov-west-1")
    assert access.endpoint == "" and access.named == "https://s3.amazonaws.com" and not access.is_plain


def test_a_profile_gives_credentials_region_and_endpoint(user: Path) -> None:
    access = read_access({}, user)
    assert access.credentials == {"access_key_id": "AKIADEFAULT", "secret_access_key": "of%default"}
    assert (access.region, access.endpoint) == ("eu-central-1", "")
    access = read_access({"AWS_PROFILE": "lakes"}, user)
    assert access.credentials["session_token"] == "passing"
    assert (access.region, access.endpoint) == ("us-west-2", "https://s3.lakes.test")


def test_the_files_can_be_elsewhere(user: Path, tmp_path: Path) -> None:
    elsewhere = {"AWS_SHARED_CREDENTIALS_FILE": str(user / ".aws" / "credentials"), "AWS_CONFIG_FILE": "/none"}
    access = read_access(elsewhere, tmp_path / "nobody")
    assert (access.credentials["access_key_id"], access.region) == ("AKIADEFAULT", "us-east-1")


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({}, "AWS_ACCESS_KEY_ID: there are no credentials"),
        ({"AWS_PROFILE": "nobody"}, "for the profile nobody"),
        ({"AWS_ACCESS_KEY_ID": "AKIA"}, "AWS_SECRET_ACCESS_KEY: missing from the environment"),
        ({"AWS_SECRET_ACCESS_KEY": "hidden"}, "AWS_ACCESS_KEY_ID: missing from the environment"),
        (PAIR | {"AWS_ENDPOINT_URL": "http://s3.example.com"}, "in the clear"),
        (PAIR | {"AWS_ENDPOINT_URL": "http://127.0.0.1.example.com:80"}, "in the clear"),
        (PAIR | {"AWS_ENDPOINT_URL": "http://10.0.0.1:9000"}, "in the clear"),
        (PAIR | {"AWS_ENDPOINT_URL_S3": "https://me:hidden@s3.example.com"}, "without a user or password"),
        (PAIR | {"AWS_ENDPOINT_URL": "ftp://s3.example.com"}, "not an address"),
        (PAIR | {"AWS_ENDPOINT_URL": "https://host:port"}, "not an address"),
    ],
    ids=str,
)
def test_what_is_missing_or_unsafe_is_refused(environ: dict[str, str], said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as told:
        read_access(environ, tmp_path)
    assert said in str(told.value)
    assert "hidden" not in str(told.value) and "of-the-environment" not in str(told.value)


@pytest.mark.parametrize("endpoint", ["http://127.0.0.1:8333", "http://localhost:8333", "http://[::1]:8333"])
def test_this_computer_may_be_asked_without_tls(endpoint: str, tmp_path: Path) -> None:
    assert read_access(PAIR | {"AWS_ENDPOINT_URL": endpoint}, tmp_path).is_plain


def test_a_broken_profile_is_named_without_what_stands_in_it(tmp_path: Path) -> None:
    (tmp_path / ".aws").mkdir()
    path = tmp_path / ".aws" / "credentials"
    path.write_text("aws_secret_access_key = hidden\n")
    with pytest.raises(InputError, match="cannot be read as a file of AWS profiles") as told:
        read_access({}, tmp_path)
    assert str(path) in str(told.value) and "hidden" not in f"{told.value}{told.value.__cause__}"


@pytest.mark.parametrize(
    "named",
    ["s3://lakes/../x", "s3://l", "s3://Lakes/x", "s3://lakes/a b", "s3://lakes//x", "s3:/lakes/x", "gs://lakes/x",
     "https://s3.amazonaws.com/lakes", "S3://lakes/x", "s3://me:hidden@lakes/x"],
)  # fmt: skip
def test_what_names_no_bucket_is_refused(named: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="names no lake") as told:
        open_lake(named, tmp_path)
    assert "hidden" not in str(told.value)


def test_what_names_no_scheme_is_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert open_lake("lake", tmp_path) == Folder(Path("lake")) and not is_bucket("C:/lake")
    assert lasting_address("lake") == str(tmp_path / "lake")
    assert lasting_address("s3://lakes/a/b/") == "s3://lakes/a/b"
