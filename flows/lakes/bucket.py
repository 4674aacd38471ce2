"""A lake in a bucket of S3, or of a server that speaks as S3 does, by way of obstore."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from flows.lakes.access import Access, read_access
from flows.lakes.faults import BucketError, fault_of
from flows.lakes.fetched import PARTIAL
from flows.lakes.waiting import answer_to
from transforms.durable import sync
from transforms.errors import InputError
from transforms.lake.store import ChangedError, TakenError, lost, place_of
from transforms.private import FOLDER

if TYPE_CHECKING:
    from obstore.store import S3Store

_ASKED = {"connect_timeout": "5s", "read_timeout": "60s", "timeout": "15m"}
"""A request that brings nothing for a minute is given up, and asked again."""
_BACKOFF: Any = {"init_backoff": timedelta(milliseconds=300), "max_backoff": timedelta(seconds=15), "base": 2}
_LONGEST = timedelta(minutes=3)
TRIES = 10
"""How often a request is repeated after an error of the server, throttling or a fault of the network."""
_PIECE = 8_000_000
"""Bytes that are held of a file while it is fetched."""
_SIDE_BY_SIDE = 4
"""How many pieces of a large file are sent at once: more would not all come through a slow line in time."""
_TOLD_HASH = re.compile(r"(?:^|/)([0-9a-f]{40,64})(?:\.\w+)?$")

T = TypeVar("T")


def open_bucket(bucket: str, prefix: str, fetched: Path, tries: int = TRIES) -> Bucket:
    """Return a lake in a bucket; raise InputError where it cannot be asked. Nothing is asked of it yet."""
    lake = Bucket(bucket, prefix, fetched, tries)
    try:
        import obstore  # noqa: F401
    except ImportError as error:
        raise InputError(
            f"{lake.address}: a lake in a bucket needs obstore, the extra `bucket` of Earshot. Install it: pip"
            " install -r requirements-bucket.lock (docs/install.md)."
        ) from error
    _ = lake.access
    return lake


@dataclass(frozen=True)
class Bucket:
    """A `Store` in a bucket. A file is fetched once into the folder `fetched`, and read there.

    The folder is private, and may be deleted at any time. It holds what was asked for and not let go of.
    """

    bucket: str
    prefix: str
    fetched: Path
    tries: int = TRIES

    def __reduce__(self) -> tuple[Any, ...]:
        """Go to another process without credentials: they are read there."""
        return Bucket, (self.bucket, self.prefix, self.fetched, self.tries)

    @property
    def address(self) -> str:
        """As `s3://bucket/prefix`."""
        return "/".join(["s3:/", self.bucket, *filter(None, [self.prefix])])

    @cached_property
    def access(self) -> Access:
        """How it is asked; raises InputError where that is not told."""
        return read_access(os.environ, Path.home())

    @cached_property
    def _store(self) -> S3Store:
        from obstore.store import S3Store

        access = self.access
        given: dict[str, Any] = {**access.credentials, **({"endpoint": access.endpoint} if access.endpoint else {})}
        how: Any = {**_ASKED, "allow_http": access.is_plain, "allow_invalid_certificates": False}
        if access.authorities:
            how["root_certificate"] = access.authorities
        retries: Any = {"max_retries": self.tries, "retry_timeout": _LONGEST, "backoff": _BACKOFF}
        return S3Store(
            self.bucket, prefix=self.prefix or None, region=access.region, client_options=how, retry_config=retries,
            **given,
        )  # fmt: skip

    def get(self, name: str) -> Path:
        """Return the file in the folder, fetched where it is not there.

        Raises LostError where the bucket has none, ChangedError where its content is not what the name tells.
        """
        path = self.fetched / name
        if path.is_file():
            return path
        self.fetched.mkdir(parents=True, exist_ok=True, mode=FOLDER)
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f".{path.name}.{os.getpid()}{PARTIAL}")
        try:
            digest = self._fetch(name, partial)
            told = _TOLD_HASH.search(name)
            if told and not digest.startswith(told[1]):
                raise ChangedError(
                    f"{place_of(self, name)}: holds something else than when it was committed. Nothing was changed."
                    " Restore the lake from your backup."
                )
            sync(partial)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
        return path

    def _fetch(self, name: str, to: Path) -> str:
        """Write a file of the bucket to a path, and return its sha256. What breaks off within it is gone on with."""
        import obstore

        digest = hashlib.sha256()
        try:
            pieces = self._ask(lambda: obstore.get(self._store, name).stream(min_chunk_size=_PIECE))
            with to.open("wb") as stream:
                while piece := self._ask(lambda: next(pieces, None)):
                    digest.update(piece)
                    stream.write(piece)
        except BucketError as error:
            if error.code == "lost":
                raise lost(self, name) from None
            raise
        return digest.hexdigest()

    def put(self, name: str, content: Path) -> None:
        """Send a file; one that is sent in pieces appears once the last has come."""
        import obstore

        self._ask(lambda: obstore.put(self._store, name, content, max_concurrency=_SIDE_BY_SIDE))

    def create(self, name: str, content: bytes) -> None:
        """Send a file that is not there yet; raise TakenError where it is.

        An answer may be lost on its way. What is there then tells who was first: no two commits have the same content.
        """
        import obstore

        try:
            self._ask(lambda: obstore.put(self._store, name, content, mode="create"))
        except BucketError as fault:
            if fault.exit_code == 1 and self._is_first(name, content, fault):
                return
            if fault.code == "taken":
                raise TakenError(name) from None
            raise

    def list(self, prefix: str) -> list[str]:
        """Return the names of the files in the bucket below a folder of the lake."""
        import obstore

        found = self._ask(lambda: [one["path"] for page in obstore.list(self._store, prefix or None) for one in page])
        return sorted(found)

    def written_at(self, name: str) -> datetime | None:
        """Return when an object was last put."""
        import obstore

        try:
            held = self._ask(lambda: obstore.head(self._store, name))
        except BucketError as error:
            if error.code == "lost":
                return None
            raise
        at: datetime = held["last_modified"]
        return at

    def delete(self, name: str) -> None:
        """Have a file be gone from the bucket, and from the folder."""
        import obstore

        try:
            self._ask(lambda: obstore.delete(self._store, name))
        except BucketError as error:
            if error.code != "lost":
                raise
        self.let_go(name)

    def let_go(self, name: str) -> None:
        """Take a file out of the folder."""
        (self.fetched / name).unlink(missing_ok=True)

    def _content(self, name: str) -> bytes:
        """Return what the bucket holds now under a name."""
        import obstore

        return bytes(self._ask(lambda: obstore.get(self._store, name).bytes()))

    def _is_first(self, name: str, content: bytes, fault: BucketError) -> bool:
        """Return whether a file that was to be created is there, after this answer, with just this content."""
        try:
            return self._content(name) == content
        except BucketError as error:
            if error.code == "lost":
                return False
            raise BucketError(
                fault.code,
                f"{self.address}: the bucket {self.bucket} at {self.access.named} did not say whether it took"
                f" {name}. No other commit is changed. Run the command again: it goes on from what the bucket holds.",
            ) from None

    def _ask(self, question: Callable[[], T]) -> T:
        """Return what the bucket answers; raise BucketError where it does not.

        The error of obstore is left out of that: its words may repeat the key of who asked.
        """
        try:
            return answer_to(question)
        except Exception as error:  # noqa: BLE001  obstore raises what its libraries do, not all of a class of its own
            raise self._fault(error) from None

    def _fault(self, error: Exception) -> BucketError:
        return fault_of(self.address, self.bucket, self.access.named, error)
