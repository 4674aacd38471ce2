"""The ways out of the house: mail, a webhook, a file. Each sends one message, or raises; none is there by default."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flows.config import Config
from flows.notices.message import Message
from transforms.visible import visible

SECONDS = 15.0
"""How long a server may take to answer."""
Send = Callable[[Config, Message], None]


class NotSentError(Exception):
    """A server did not take a message; the text says why, without an address or a secret."""


def configured(config: Config) -> dict[str, str]:
    """Return the channels that are configured, by name, each with its `when`."""
    is_set = {
        "email": config.value("notify.email.host"),
        "webhook": config.value("notify.webhook.url") or config.value("notify.webhook.url_file"),
        "file": config.value("notify.file.path"),
    }
    return {name: config.value(f"notify.{name}.when") for name, told in is_set.items() if told is not None}


def send(channel: str, config: Config, message: Message) -> None:
    """Send a message by a channel; whatever keeps it from being sent is raised as NotSentError."""
    try:
        _SENDS[channel](config, message)
    except NotSentError:
        raise
    except Exception as error:  # whatever a server or library raises: the outbox keeps the notice for another try
        raise NotSentError(_told(error)) from error


def warn(told: str) -> None:
    """Say on standard error what came of a notice."""
    sys.stderr.write(visible(f"Warning: {told}\n"))


def write_private(path: Path, text: str) -> None:
    """Write a file whole or not at all, for nobody but this user."""
    partial = path.with_name(f".{path.name}.partial")
    partial.unlink(missing_ok=True)
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as stream:
        stream.write(text)
    partial.replace(path)


def _told(error: Exception) -> str:
    """Return an error by its class and what the system says; not by its text, which may name an address or a token."""
    code = getattr(error, "smtp_code", None)
    said = f" {code}" if code else f": {error.strerror}" if isinstance(error, OSError) and error.strerror else ""
    return f"{type(error).__name__}{said}"


def _email(config: Config, message: Message) -> None:
    import smtplib
    import ssl
    from email.message import EmailMessage
    from email.utils import formatdate, make_msgid

    def of(name: str) -> Any:
        return config.value(f"notify.email.{name}")

    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = of("from"), ", ".join(of("to")), message.subject
    mail["Date"], mail["Message-ID"] = formatdate(), make_msgid(domain=of("from").rpartition("@")[2])
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text)
    host, port, security = of("host"), of("port"), of("security")
    is_tls, trusted = security == "tls", ssl.create_default_context
    with (
        smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=trusted())
        if is_tls
        else smtplib.SMTP(host, port, timeout=SECONDS)
    ) as server:
        if security == "starttls":
            server.starttls(context=trusted())
        if of("user") is not None:
            server.login(of("user"), config.secret("notify.email.password") or "")
        if refused := server.send_message(mail):  # the others have it, so that it is not sent again
            warn(f"the mail server refused {len(refused)} of {len(of('to'))} recipients (notify.email.to).")


def _webhook(config: Config, message: Message) -> None:
    import logging

    import httpx

    logging.getLogger("httpx").setLevel(logging.WARNING)  # it would log the address, and the token in it
    url = config.secret("notify.webhook.url") or ""
    body = _BODIES[config.value("notify.webhook.kind")](message)
    with httpx.stream("POST", url, json=body, timeout=SECONDS) as response:  # what it answers is not read
        if not response.is_success:
            raise NotSentError(f"HTTP {response.status_code}")


def _file(config: Config, message: Message) -> None:
    write_private(config.value("notify.file.path"), f"{message.subject}\n{message.made_at}\n\n{message.text}")


def slack(message: Message) -> dict[str, Any]:
    """Return what Slack expects: one text in which its three signs are escaped, and no markup is read."""
    text = f"{message.subject}\n{message.text}"
    for sign, escaped in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(sign, escaped)
    return {"text": text, "mrkdwn": False}


def teams(message: Message) -> dict[str, Any]:
    """Return what a Teams workflow expects: an Adaptive Card, a block for each line, its markup escaped."""
    blocks = [
        {"type": "TextBlock", "text": re.sub(r"([\\`*_\[\]~<>])", r"\\\1", line), "wrap": True, "spacing": "None"}
        for line in message.lines
    ]
    title = {"type": "TextBlock", "text": re.sub(r"([\\`*_\[\]~<>])", r"\\\1", message.subject), "wrap": True,
             "weight": "Bolder"}  # fmt: skip
    card: dict[str, Any] = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [title, *blocks],
    }
    if message.link.startswith(("https://", "http://")):
        card["actions"] = [{"type": "Action.OpenUrl", "title": "Open the report", "url": message.link}]
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    return {"type": "message", "attachments": [attachment]}


_BODIES: dict[str, Callable[[Message], dict[str, Any]]] = {"slack": slack, "teams": teams, "json": Message.as_json}
_SENDS: dict[str, Send] = {"email": _email, "webhook": _webhook, "file": _file}
