"""Notices on their way, with real servers on loopback: mail, webhooks, a file; and those that wait."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.notices import channels, outbox
from flows.notices.channels import NotSentError, configured, send, slack, teams
from flows.notices.message import Message, from_json, of_failure, of_late, of_test, wants
from flows.notices.outbox import deliver, folder_of, tell, waiting
from flows.settings import Home, now
from tests.support.servers import Mail, Web, mail_server, make_certificate, web_server
from transforms.errors import HomeDamaged

NEWS = Message("night", "Earshot, exports: 3 new findings", ("High severity: 3 new", "no advice"), "", {"new": 3})
QUIET = Message("night", "Earshot, exports: no new findings", ("No new findings.",))
FAILED = Message("failed", "Earshot, exports: the nightly job failed (HomeLost)", ("Read FAILED.",))


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "PAUSES", [0.0, 0.0])
    monkeypatch.setattr(channels, "SECONDS", 0.5)


@pytest.fixture
def mail() -> Iterator[Mail]:
    with mail_server() as server:
        yield server


@pytest.fixture
def web() -> Iterator[Web]:
    with web_server() as server:
        yield server


def by_mail(home: Home, port: int, more: str = 'security = "none"') -> None:
    text = f'[notify.email]\nhost = "127.0.0.1"\nport = {port}\nfrom = "e@example.com"\n{more}\n'
    write(home, text + 'to = ["ann@example.com", "bob@example.com"]\n')


def by_web(home: Home, web: Web, kind: str = "json") -> None:
    (home.root / "hook").write_text(web.url + "\n")
    write(home, f'[notify.webhook]\nurl_file = "hook"\nkind = "{kind}"\nwhen = "always"\n')


def write(home: Home, text: str) -> None:
    (home.root / "earshot.toml").write_text(text, encoding="utf-8")


def test_a_mail_arrives_with_its_text_and_without_markup(home: Home, mail: Mail) -> None:
    by_mail(home, mail.port)
    assert tell(home, NEWS) == {} and waiting(home) == []
    (got,) = mail.taken
    assert (got["Subject"], got["From"]) == (NEWS.subject, "e@example.com")
    assert got["To"] == "ann@example.com, bob@example.com"
    assert got.get_content_type() == "text/plain" and got.get_content().replace("\r\n", "\n") == NEWS.text
    assert got["Auto-Submitted"] == "auto-generated" and got["Message-ID"].endswith("@example.com>")


def test_starttls_with_a_login_and_a_password_of_a_file(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    certificate = make_certificate(tmp_path / "server.pem")
    (home.root / "password").write_text("s3cret\n")
    with mail_server(certificate) as mail:
        by_mail(home, mail.port, 'user = "u"\npassword_file = "password"')
        assert "SSLCertVerificationError" in tell(home, NEWS)["email"]  # nobody vouches for it
        assert mail.logins == [] and "s3cret" not in capfd.readouterr().err
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert deliver(home) == {}
    assert (mail.logins, mail.was_tls) == ([(b"u", b"s3cret")], [True])


def test_a_server_without_starttls_gets_nothing(home: Home, mail: Mail) -> None:
    by_mail(home, mail.port, "")
    assert tell(home, NEWS) == {"email": "SMTPNotSupportedError"} and mail.taken == []


def test_one_recipient_that_is_refused_is_told_and_the_others_have_it_once(
    home: Home, mail: Mail, capfd: pytest.CaptureFixture[str]
) -> None:
    by_mail(home, mail.port)
    mail.refuses = {"bob@example.com"}
    assert tell(home, NEWS) == {} and len(mail.taken) == 1
    assert "refused 1 of 2 recipients" in capfd.readouterr().err
    mail.refuses.add("ann@example.com")
    assert tell(home, NEWS) == {"email": "SMTPRecipientsRefused"}


@pytest.mark.parametrize("when", ["always", "findings", "failure", "never"])
def test_each_channel_is_told_when_it_wants_to_be(when: str) -> None:
    told = {
        "always": [True, True, True], "findings": [True, False, True], "failure": [False, False, True],
        "never": [False, False, False],
    }  # fmt: skip
    assert [wants(when, one) for one in (NEWS, QUIET, FAILED)] == told[when]


def test_a_webhook_is_posted_to_again_until_it_takes_it(home: Home, web: Web) -> None:
    by_web(home, web)
    web.answers = [500, 200]
    assert tell(home, NEWS) == {} and web.asked == 2
    (got,) = web.posted
    assert from_json(got) == NEWS and got["facts"] == {"new": 3}


@pytest.mark.parametrize(("answer", "why"), [(500, "HTTP 500"), (302, "HTTP 302"), ("hang", "ReadTimeout")])
def test_a_notice_that_is_not_taken_waits_for_the_next_run(
    home: Home, web: Web, answer: int | str, why: str, capfd: pytest.CaptureFixture[str]
) -> None:
    by_web(home, web)
    web.answers = [answer, answer]
    assert tell(home, NEWS) == {"webhook": why}
    told = capfd.readouterr().err
    assert why in told and "sent by the next run" in told and "T0KEN" not in told
    (kept,) = waiting(home)
    assert kept.path.stat().st_mode & 0o077 == 0 and kept.path.parent.stat().st_mode & 0o077 == 0
    assert "T0KEN" not in kept.path.read_text()
    assert tell(home, QUIET) == {} and waiting(home) == []
    assert [one["subject"] for one in web.posted] == [NEWS.subject, QUIET.subject]  # in their order


def test_a_server_that_is_not_there_is_one_channel_alone(home: Home, web: Web) -> None:
    by_web(home, web)
    with (home.root / "earshot.toml").open("a") as stream:
        stream.write('[notify.email]\nhost = "127.0.0.1"\nport = 1\nsecurity = "none"\nfrom = "e@a.b"\nto = "f@a.b"\n')
    assert tell(home, NEWS) == {"email": "ConnectionRefusedError: Connection refused"} and len(web.posted) == 1


def test_what_waits_is_bounded_in_number_and_age(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    write(home, '[notify.file]\npath = "gone/notice.txt"')
    monkeypatch.setattr(outbox, "MOST_KEPT", 3)
    for _ in range(5):
        assert "file" in tell(home, NEWS)
    assert len(waiting(home)) == 3
    (folder_of(home) / "0.json").write_text("{")
    assert len(waiting(home)) == 3 and not (folder_of(home) / "0.json").exists()
    monkeypatch.setattr(outbox, "now", lambda: now() + timedelta(days=15))
    assert deliver(home) == {} and waiting(home) == []


def test_a_channel_that_is_configured_no_more_leaves_nothing_behind(home: Home) -> None:
    write(home, '[notify.file]\npath = "gone/notice.txt"')
    tell(home, NEWS)
    write(home, "")
    assert deliver(home) == {} and waiting(home) == []


def test_a_file_holds_the_latest_notice_for_this_user_alone(home: Home) -> None:
    write(home, '[notify.file]\npath = "notice.txt"')
    for message in (NEWS, QUIET):
        tell(home, message)
    path = home.root / "notice.txt"
    assert path.read_text().splitlines()[0] == QUIET.subject and path.stat().st_mode & 0o077 == 0


def test_the_name_of_a_home_makes_no_header_and_no_markup(tmp_path: Path, mail: Mail) -> None:
    home = Home(tmp_path / "a\nBcc: x@example.com\n<!channel> *b* [c](http:d)")
    home.create()
    by_mail(home, mail.port)
    message = of_test(home)
    send("email", home.config, message)
    (got,) = mail.taken
    assert got["Bcc"] is None and "{U+000A}Bcc" in got["Subject"]
    assert "<" not in slack(message)["text"] and "&lt;!channel&gt;" in slack(message)["text"]
    texts = json.dumps(teams(message)["attachments"][0]["content"]["body"])
    assert r"\\*b\\*" in texts and r"\\[c\\]" in texts


def test_teams_and_slack_get_what_they_expect(home: Home, web: Web) -> None:
    by_web(home, web, "slack")
    tell(home, NEWS)
    by_web(home, web, "teams")
    linked = Message(**{**NEWS.__dict__, "link": "https://reports.example.com/r/summary.html"})
    tell(home, linked)
    first, second = web.posted
    assert first == {"text": f"{NEWS.subject}\n{NEWS.text}", "mrkdwn": False}
    (attached,) = second["attachments"]
    assert second["type"] == "message" and attached["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert attached["content"]["type"] == "AdaptiveCard"
    assert [one["text"] for one in attached["content"]["body"]] == [NEWS.subject, *NEWS.lines]
    assert attached["content"]["actions"][0]["url"] == linked.link


def test_a_failure_is_told_by_its_class_and_not_by_its_words(home: Home) -> None:
    message = of_failure(home, HomeDamaged("ACME_GmbH_orders.csv: damaged"))
    assert "HomeDamaged" in message.subject and "ACME" not in message.subject + message.text
    assert "not legal advice" in message.text and message.is_failure
    assert "did not run" in of_late(home, "2026-11-20 02:00:00", 40).subject


def test_without_configuration_nothing_is_imported_that_could_send(home: Home) -> None:
    text = (
        "import sys; from pathlib import Path; from flows.settings import Home\n"
        "from flows.notices import tell_if_late; from flows.notices.night import quietly\n"
        f"home = Home(Path({str(home.root)!r})); quietly(home, lambda: 1 / 0); tell_if_late(home)\n"
        "print(sorted({'httpx', 'smtplib', 'ssl'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), done.stderr) == ("[]", "") and not folder_of(home).exists()


def test_a_channel_that_is_misconfigured_later_on_is_told_of(home: Home) -> None:
    (home.root / "hook").write_text("https://example.com/T0KEN")
    write(home, '[notify.webhook]\nurl_file = "hook"')
    config: Any = home.config
    (home.root / "hook").unlink()
    assert list(configured(config)) == ["webhook"]
    with pytest.raises(NotSentError, match="InputError"):
        send("webhook", config, NEWS)
