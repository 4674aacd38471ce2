"""How a bucket is asked: endpoint, region and credentials, from the environment or the standard profile files alone.

They stand in no file, message or log of Earshot.
"""

from __future__ import annotations

from collections.abc import Mapping
from configparser import ConfigParser
from configparser import Error as BadProfile
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from transforms.errors import InputError

_AMAZON = "https://s3.amazonaws.com"
_REGION = "us-east-1"
_GIVEN_BY_PLATFORM = (
    "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
)  # fmt: skip
"""Where a platform puts credentials that expire: obstore fetches them."""


@dataclass(frozen=True)
class Access:
    """What obstore is told, beside bucket and prefix."""

    endpoint: str
    """Empty for Amazon's own."""
    region: str
    credentials: Mapping[str, str] = field(repr=False)
    """`access_key_id`, `secret_access_key` and perhaps `session_token`; empty where the platform gives them."""
    authorities: str = field(default="", repr=False)
    """Certificates that are trusted beside those of the system, as PEM."""

    @property
    def is_plain(self) -> bool:
        """Whether it is asked without TLS, which only this computer is."""
        return self.endpoint.startswith("http:")

    @property
    def named(self) -> str:
        """The endpoint, for a person to read."""
        return self.endpoint or _AMAZON


def read_access(environ: Mapping[str, str], user_folder: Path) -> Access:
    """Return how buckets are asked; raise InputError where something is missing, unsafe or cannot be read.

    A key in the environment goes before the profile that AWS_PROFILE names, else `default`, in `~/.aws`.
    """
    profile = _profile(environ, user_folder)
    endpoint = (
        environ.get("AWS_ENDPOINT_URL_S3") or environ.get("AWS_ENDPOINT_URL") or profile.get("endpoint_url", "")
    ).rstrip("/")
    region = (
        environ.get("AWS_REGION") or environ.get("AWS_DEFAULT_REGION") or profile.get("region", "") or _REGION
    )  # fmt: skip
    if endpoint:
        _refuse_unsafe(endpoint)
    bundle = environ.get("AWS_CA_BUNDLE") or profile.get("ca_bundle", "")
    return Access(endpoint, region, _credentials(environ, profile), _authorities(bundle) if bundle else "")


def _authorities(bundle: str) -> str:
    try:
        return Path(bundle).expanduser().read_text(encoding="ascii")
    except (OSError, ValueError) as error:
        raise InputError(f"AWS_CA_BUNDLE: {bundle} cannot be read as certificates (PEM): {error}.") from error


def _credentials(environ: Mapping[str, str], profile: Mapping[str, str]) -> dict[str, str]:
    names = ("access_key_id", "secret_access_key", "session_token")
    for where, given in (
        ("the environment", {name: environ.get(f"AWS_{name.upper()}", "") for name in names}),
        (f"the profile {_name_of(environ)}", {name: profile.get(f"aws_{name}", "") for name in names}),
    ):
        if given["access_key_id"] and given["secret_access_key"]:
            return {name: value for name, value in given.items() if value}
        if given["access_key_id"] or given["secret_access_key"]:
            lacking = next(name for name in names if not given[name])
            raise InputError(f"AWS_{lacking.upper()}: missing from {where}, which has the other half. Set both.")
    if any(environ.get(name) for name in _GIVEN_BY_PLATFORM):
        return {}
    raise InputError(
        "AWS_ACCESS_KEY_ID: there are no credentials for the bucket. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in"
        f" the environment, or write them for the profile {_name_of(environ)} into ~/.aws/credentials."
    )


def _name_of(environ: Mapping[str, str]) -> str:
    return environ.get("AWS_PROFILE") or "default"


def _profile(environ: Mapping[str, str], user_folder: Path) -> dict[str, str]:
    """Return the keys of the profile in both standard files; credentials go before settings."""
    name, found = _name_of(environ), dict[str, str]()
    for variable, file, section in (
        ("AWS_CONFIG_FILE", "config", name if name == "default" else f"profile {name}"),
        ("AWS_SHARED_CREDENTIALS_FILE", "credentials", name),
    ):
        path = Path(environ.get(variable) or user_folder / ".aws" / file)
        reader = ConfigParser(interpolation=None, default_section="")
        try:
            reader.read_string(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            continue
        except (OSError, ValueError, BadProfile) as error:  # its words may hold a line of the file, so a secret
            raise InputError(f"{path}: cannot be read as a file of AWS profiles ({type(error).__name__}).") from None
        if reader.has_section(section):
            found |= dict(reader[section])
    return found


def _refuse_unsafe(endpoint: str) -> None:
    """Raise InputError where the endpoint is no plain https address, or one without TLS on another computer."""
    try:
        asked = urlsplit(endpoint)
        host, _ = asked.hostname or "", asked.port
    except ValueError:
        asked, host = urlsplit(""), ""
    if not host or asked.scheme not in ("http", "https") or asked.username or asked.password:
        raise InputError("AWS_ENDPOINT_URL: not an address as https://HOST:PORT. Write it without a user or password.")
    if asked.scheme == "http" and not _is_loopback(host):
        raise InputError(
            f"AWS_ENDPOINT_URL: http://{host} sends shipment records in the clear. Use https; http is allowed for this"
            " computer alone, as http://127.0.0.1:8333."
        )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
