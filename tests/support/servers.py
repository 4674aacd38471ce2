"""Real servers on loopback for the tests of notices: one takes mail, one takes what is posted to it."""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from flows.settings import now


class Mail:
    """What a mail server took, and what it was told; `refuses` are recipients that it does not know."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.logins: list[tuple[bytes, bytes]] = []
        self.was_tls: list[bool] = []
        self.refuses: set[str] = set()
        self.port = 0

    async def handle_RCPT(self, _: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if address in self.refuses:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _: Any, session: Any, envelope: Any) -> str:
        self.was_tls.append(session.ssl is not None)
        self.taken.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 OK"

    def login(self, _: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
        self.logins.append((given.login, given.password))
        return AuthResult(success=given.password == b"s3cret")


class _Controller(Controller):
    """One that finds a free port, and tells which."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        super()._trigger_server()


@contextmanager
def mail_server(certificate: Path | None = None) -> Iterator[Mail]:
    """Yield a mail server on a free port of loopback; with a certificate it wants STARTTLS and a login."""
    mail, secure = Mail(), None
    if certificate:
        secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        secure.load_cert_chain(certificate)
    controller = _Controller(
        mail, hostname="127.0.0.1", port=0, tls_context=secure, require_starttls=secure is not None,
        authenticator=mail.login, auth_required=secure is not None, auth_require_tls=True,
    )  # fmt: skip
    controller.start()
    mail.port = controller.port
    try:
        yield mail
    finally:
        controller.stop()


class Web:
    """What was posted to a server, and how it answers, one after the other: a status, or `hang`."""

    def __init__(self) -> None:
        self.answers: list[int | str] = []
        self.posted: list[dict[str, Any]] = []
        self.asked = 0
        self.url = ""


@contextmanager
def web_server() -> Iterator[Web]:
    """Yield a web server on a free port of loopback that answers 200 unless it is told otherwise."""
    web = Web()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            web.asked += 1
            answer = web.answers.pop(0) if web.answers else 200
            if answer == "hang":
                time.sleep(1.5)
                return
            if answer == 200:
                web.posted.append(json.loads(body))
            self.send_response(int(answer))
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    web.url = f"http://127.0.0.1:{server.server_port}/hook/T0KEN"
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()


def make_certificate(path: Path, *, is_authority: bool = True) -> Path:
    """Write a self-signed certificate of 127.0.0.1 with its key, and return it."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now() - timedelta(days=1))
        .not_valid_after(now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    encoding, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    private = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, plain)
    path.write_bytes(made.public_bytes(encoding) + private)
    return path
