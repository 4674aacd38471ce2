"""The configuration: every key declared once, the environment before the file, all faults at once, no secret shown."""

from __future__ import annotations

import re
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.config import Config, ConfigError, all_keys, read_config
from flows.config.example import example
from flows.config.keys import sections
from flows.settings import Home
from flows.show.config import rows_of
from tests.support.layouts import REPO
from transforms.errors import InputError

MAIL = '[notify.email]\nhost = "mail.example.com"\nfrom = "e@example.com"\nto = ["a@example.com", "b@example.com"]\n'


def read(root: Path, text: str | bytes = b"", **environment: str) -> Config:
    (root / "earshot.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_config(root, environment)


def faults(root: Path, text: str | bytes = b"", **environment: str) -> list[str]:
    with pytest.raises(ConfigError) as raised:
        read(root, text, **environment)
    assert raised.value.exit_code == 2
    return str(raised.value).splitlines()


def test_a_home_without_a_file_has_the_defaults(tmp_path: Path) -> None:
    config = read_config(tmp_path, {})
    assert config.value("notify.email.port") == 587 and config.value("notify.late_after") == timedelta(hours=36)
    assert config.value("notify.email.host") is None
    assert set(config.origins.values()) == {"default"}
    assert set(config.values) == set(all_keys())


def test_the_environment_goes_before_the_file_and_the_file_before_the_default(tmp_path: Path) -> None:
    config = read(tmp_path, MAIL + 'port = 25\nwhen = "always"', EARSHOT_NOTIFY_EMAIL_PORT="2525", EARSHOT_USER="Ann")
    assert config.value("notify.email.port") == 2525 and config.value("notify.email.when") == "always"
    assert config.origin("notify.email.port") == "environment variable EARSHOT_NOTIFY_EMAIL_PORT"
    assert config.origin("notify.email.when") == "earshot.toml"
    assert config.origin("notify.email.security") == "default"
    assert config.value("notify.email.to") == ("a@example.com", "b@example.com")


def test_an_empty_variable_sets_nothing_and_lists_are_read_from_text(tmp_path: Path) -> None:
    named = {"EARSHOT_NOTIFY_EMAIL_TO": "c@example.com, d@example.com", "EARSHOT_NOTIFY_EMAIL_PORT": " "}
    config = read(tmp_path, MAIL, **named, EARSHOT_DOOR_LIMITS="rows_readable=0.1, ended = 0.3")
    assert config.value("notify.email.to") == ("c@example.com", "d@example.com")
    assert config.value("notify.email.port") == 587
    assert config.value("door.limits") == {"rows_readable": 0.1, "ended": 0.3}


def test_all_faults_are_told_at_once_each_with_file_key_and_what_is_allowed(tmp_path: Path) -> None:
    text = (
        '[notify.email]\nprt = 25\nport = "x"\nto = "nobody"\nwhen = "sometimes"\n[notfy]\nx = 1\n'
        '[engine]\nmemory = 4\n[schedule]\nnightly = "61 2 * * *"\ntimezone = "Mars/Base"\n'
        '[report]\nfiscal_year_starts = 13\n[rates]\nfile = "nowhere.csv"\n[log]\nkeep = "30"\n'
    )
    told = faults(tmp_path, text, EARSHOT_ENGINE_THREADS="many", EARSHOT_NOTIFY_EMIAL_TO="a@example.com")
    file = tmp_path / "earshot.toml"
    nearest = 'did you mean "notify.email.port" (allowed: the keys of: earshot config)'
    assert f"{file}: notify.email.prt: not a key; {nearest}" in told
    assert f"{file}: notify.email.port: 'x' is not allowed (allowed: a whole number from 1 to 65535)" in told
    assert any(one.startswith(f'{file}: notfy: not a key; did you mean "notify"') for one in told)
    assert any(one.startswith("environment variable EARSHOT_NOTIFY_EMIAL_TO: not a key; did you mean") for one in told)
    assert any(one.startswith("environment variable EARSHOT_ENGINE_THREADS: engine.threads: 'many'") for one in told)
    keys = ("to", "when", "memory", "nightly", "timezone", "fiscal_year_starts", "file", "keep")
    assert [key for key in keys if not any(re.search(rf"\.{key}: .*\(allowed: .+\)", one) for one in told)] == []
    assert any("set without notify.email.host" in one for one in told)


ODD = {
    b"\xff\xfe[\x00": "not UTF-8",
    b"a = ": "not readable as TOML",
    b"[log]\nlevel = 'info'\nlevel = 'debug'": "not readable as TOML: Cannot overwrite",
    b"[log]\n[log]": "not readable as TOML",
    b"x = " + b"[" * 100_000: "nested too deeply",
    b"[engine]\nthreads = " + b"9" * 5000: "not readable as TOML",
    b"#" * 1_000_001: "more than 1,000,000 bytes",
    b"notify = 1": "notify: a section, not a key",
    b"[[notify]]": "notify: a section, not a key",
    b"[notify.email]\nport = true": "True is not allowed",
    b"[notify.link]\nx = 1": "notify.link: {'x': 1} is not allowed",
    b'[notify]\nlink = "a\\nBcc: b"': "one line of text",
    b"[door.limits]\nrows_readable = nan": "a number for each check",
    b'[schedule]\nnightly = "0 0 30 2 *"': "minute, hour",
    b'[engine]\nmemory = "0GB"': "as 4GB",
    b'[notify.email]\nfrom = "a@b.c\\r\\nBcc: x@y.z"': "one line of text",
}


@pytest.mark.parametrize("text", ODD, ids=lambda text: text[:40].decode("latin-1"))
def test_an_odd_file_is_refused_in_words(tmp_path: Path, text: bytes) -> None:
    told = faults(tmp_path, text)
    assert any(ODD[text] in one for one in told), told
    assert all(one.startswith(str(tmp_path / "earshot.toml")) for one in told)


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    assert read(tmp_path, b"\xef\xbb\xbf[log]\r\nlevel = 'debug'\r\n").value("log.level") == "debug"


def test_a_folder_in_place_of_the_file_and_a_link_to_nowhere_are_refused(tmp_path: Path) -> None:
    (tmp_path / "earshot.toml").mkdir()
    with pytest.raises(ConfigError, match=r"cannot be read: Is a directory"):
        read_config(tmp_path, {})
    (tmp_path / "earshot.toml").rmdir()
    (tmp_path / "earshot.toml").symlink_to("gone")
    with pytest.raises(ConfigError, match="leads nowhere"):
        read_config(tmp_path, {})


def test_a_secret_is_never_in_the_file_and_never_shown(tmp_path: Path) -> None:
    told = faults(tmp_path, '[notify.webhook]\nurl = "https://hooks.example.com/T0KEN"')
    assert "a secret does not belong in this file" in told[0] and "T0KEN" not in "".join(told)
    told = faults(tmp_path, EARSHOT_NOTIFY_WEBHOOK_URL="T0KEN")
    assert "the value is not allowed" in told[0] and "T0KEN" not in "".join(told)
    config = read(tmp_path, EARSHOT_NOTIFY_WEBHOOK_URL="https://hooks.example.com/T0KEN")
    assert config.secret("notify.webhook.url") == "https://hooks.example.com/T0KEN"
    rows = {row.key: row.value for row in rows_of(config)}
    assert rows["notify.webhook.url"] == "set, not shown" and "T0KEN" not in str(rows)


def test_a_secret_may_be_the_first_line_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "hook").write_text("https://hooks.example.com/T0KEN\n")
    config = read(tmp_path, '[notify.webhook]\nurl_file = "hook"')
    assert config.secret("notify.webhook.url") == "https://hooks.example.com/T0KEN"
    (tmp_path / "hook").write_text("T0KEN\n")
    with pytest.raises(InputError, match="the first line must be an address") as raised:
        config.secret("notify.webhook.url")
    assert "T0KEN" not in str(raised.value)
    assert any("set together with" in one for one in faults(
        tmp_path, '[notify.webhook]\nurl_file = "hook"', EARSHOT_NOTIFY_WEBHOOK_URL="https://example.com"
    ))  # fmt: skip


def test_a_password_does_not_leave_the_machine_unencrypted(tmp_path: Path) -> None:
    plain = 'security = "none"\nuser = "u"'
    assert "unencrypted" in faults(tmp_path, f"{MAIL}{plain}", EARSHOT_NOTIFY_EMAIL_PASSWORD="p")[0]
    read(tmp_path, f"{MAIL.replace('mail.example.com', '127.0.0.1')}{plain}", EARSHOT_NOTIFY_EMAIL_PASSWORD="p")


def test_the_example_holds_every_key_and_says_the_defaults(tmp_path: Path) -> None:
    config = read(tmp_path, example())
    assert set(config.origins.values()) == {"default"}
    shown = dict[str, Any]()
    for line in re.sub(r"(?m)^#(?=[a-z_]+ = )", "", example()).splitlines():
        assert not line or line.startswith(("[", "# ")) or " = " in line
    for section, table in tomllib.loads(re.sub(r"(?m)^#(?=[a-z_]+ = )", "", example())).items():
        shown |= flat(section, table)
    assert set(shown) == {key.name for key in all_keys().values() if not key.secret}
    assert {name: shown[name] for name, key in all_keys().items() if key.default is not None} == {
        name: key.default for name, key in all_keys().items() if key.default is not None
    }
    files = {name: key.example for name, key in all_keys().items() if key.exists}
    for path in files.values():
        (tmp_path / Path(path).name).touch()
    text = re.sub(r"(?m)^#(?=[a-z_]+ = )", "", example()).replace("/run/secrets/", "")
    assert set(read(tmp_path, text).origins.values()) == {"earshot.toml", "default"}


def flat(above: str, table: dict[str, Any]) -> dict[str, Any]:
    found = dict[str, Any]()
    for name, one in table.items():
        found |= flat(f"{above}.{name}", one) if f"{above}.{name}" in sections() else {f"{above}.{name}": one}
    return found


def test_no_two_keys_have_one_variable_and_none_is_a_variable_of_another_use() -> None:
    variables = [key.variable for key in all_keys().values()]
    starts = tuple({"_".join(name.split("_")[:2]) + "_" for name in variables})
    others = {
        name
        for folder in ("flows", "transforms", "tests")
        for path in (REPO / folder).rglob("*.py")
        if "config" not in path.as_posix() and "notic" not in path.as_posix()
        for name in re.findall(r"EARSHOT_[A-Z_]+", path.read_text(encoding="utf-8"))
    }
    assert len(set(variables)) == len(variables)
    assert sorted(others - set(variables) - {one for one in others if not one.startswith(starts)}) == []


def test_the_home_takes_its_places_from_the_configuration(tmp_path: Path) -> None:
    home = Home(tmp_path)
    (tmp_path / "own.yml").touch()
    (tmp_path / "own.csv").touch()
    (tmp_path / "earshot.toml").write_text(
        '[door]\nfile = "own.yml"\n[rates]\nfile = "own.csv"\n[lists]\nfolder = "/srv/lists"\n'
    )
    assert (home.door, home.rates, home.lists) == (tmp_path / "own.yml", tmp_path / "own.csv", Path("/srv/lists"))
