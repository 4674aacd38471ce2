"""The nightly job tells of itself to real servers: its findings, what it could not load, and that it failed."""

from __future__ import annotations

from tests.support.command import AS_OF, Golden, earshot
from tests.support.servers import mail_server, web_server


def test_a_night_is_told_by_mail_and_webhook_without_a_name_and_its_failure_is_marked(
    golden: Golden, tmp_path_factory: object, tmp_path: object
) -> None:
    del tmp_path_factory
    home = golden.copy(tmp_path / "home")  # type: ignore[operator]
    (home / "inbox" / "ACME orders.csv").write_text("no,layout,has,these\n1,2,3,4\n")
    with mail_server() as mail, web_server() as web:
        (home / "hook").write_text(web.url)
        (home / "earshot.toml").write_text(
            f'notify.link = "https://reports.example.com"\n[notify.email]\nhost = "127.0.0.1"\nport = {mail.port}\n'
            'security = "none"\nfrom = "e@example.com"\nto = "a@example.com"\n[notify.webhook]\nurl_file = "hook"\n'
        )
        done = earshot("nightly", "--home", home, "--as-of", AS_OF, "--json")
    assert done.code == 2
    (got,), (posted,) = mail.taken, web.posted
    text = got.get_content()
    assert "1 file not loaded" in got["Subject"] and "Not loaded: 1 file." in text
    assert f"Report: https://reports.example.com/{done.json['run_id']}/summary.html" in text
    assert "not legal advice" in text and "Not screened: " in text and "ACME" not in text + got["Subject"]
    assert posted["facts"]["run_id"] == done.json["run_id"] and posted["lines"] == text.splitlines()
    assert "ACME orders.csv" in (home / "reports" / "FAILED").read_text()
