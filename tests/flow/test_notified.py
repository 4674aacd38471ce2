"""The nightly job tells of itself to real servers: its findings, what it could not load, and that it failed."""

from __future__ import annotations

from pathlib import Path

from flows.jobs.screen import Screened
from flows.notices.message import of_night, wants
from flows.settings import Home
from tests.support.command import AS_OF, Golden, earshot
from tests.support.servers import mail_server, web_server


def test_a_night_is_told_by_mail_and_webhook_without_a_name_and_its_failure_is_marked(
    golden: Golden, tmp_path: Path
) -> None:
    home = golden.copy(tmp_path / "home")
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
    assert text.index("Embargoed destinations: ") < text.index("Listed parties: ") and "synthetic" in text
    assert "not legal advice" in text and "Not screened: " in text and "ACME" not in text + got["Subject"]
    assert posted["facts"]["run_id"] == done.json["run_id"] and posted["lines"] == text.splitlines()
    assert "ACME orders.csv" in (home / "reports" / "FAILED").read_text()


def test_new_findings_are_told_by_weight_what_is_embargoed_or_listed_first(golden: Golden) -> None:
    told = {name: golden.done.json.get(name) for name in Screened.__dataclass_fields__}
    screened = Screened(**{**told, "report": golden.report})
    message = of_night(Home(golden.home), {"screened": screened, "refused": {}, "files": []})
    weights = [line.partition(":")[0] for line in message.lines if line.endswith(" reopened")]
    severities = ["High severity", "Medium severity", "Low severity"]
    assert weights == ["Embargoed destinations", "Listed parties", *severities]
    counted = sum(sum(of_rule.values()) for of_rule in golden.done.json["findings"].values())
    assert message.facts["new"] == counted and f"{counted:,} new findings" in message.subject
    rules = [line.split(":")[0].strip() for line in message.lines if line.startswith("  ")]
    assert rules[0] == "russia-belarus" and "party-denied-persons" in rules[:12] and len(message.lines) < 45
    assert message.link == f"{golden.home.resolve() / 'reports'}/{screened.run_id}/summary.html"
    assert message.kind == "night" and wants("findings", message) and not wants("failure", message)
