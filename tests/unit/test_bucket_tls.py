"""A bucket behind TLS: a certificate that nobody vouches for is refused, one of a private authority is taken."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.lakes.faults import BucketError
from tests.support.bucket import Opened, Proxy
from tests.support.servers import make_certificate


@pytest.fixture
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("tls") / "certificate.pem", is_authority=False)


@pytest.fixture
def secure(s3: int, certificate: Path, proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> Iterator[Proxy]:
    """Return a proxy that speaks TLS with the one who asks."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    made = Proxy(s3, context)
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"https://127.0.0.1:{made.port}")
    yield made
    made.close()


def test_a_certificate_that_nobody_vouches_for_is_refused(opened: Opened, secure: Proxy) -> None:
    with pytest.raises(BucketError, match="AWS_CA_BUNDLE") as told:
        opened().list("")
    assert (told.value.code, told.value.exit_code) == ("certificate", 2)


def test_no_setting_turns_the_check_off(opened: Opened, secure: Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ALLOW_INVALID_CERTIFICATES", "true")
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
    with pytest.raises(BucketError, match="does not trust"):
        opened().list("")


def test_one_of_a_private_authority_is_taken(
    opened: Opened, secure: Proxy, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = certificate.with_name("authority.pem")
    authority.write_text(certificate.read_text().partition("-----BEGIN PRIVATE")[0].partition("-----BEGIN EC")[0])
    monkeypatch.setenv("AWS_CA_BUNDLE", str(authority))
    lake = opened()
    lake.create("x", b"one")
    assert lake.list("") == ["x"]
