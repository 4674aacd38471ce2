"""To schema 7: sentences of comparisons with AES were reworded, and that alone opens no decided finding again."""

from __future__ import annotations

from pathlib import Path

import duckdb


def migrate(connection: duckdb.DuckDBPyConnection, home: Path) -> None:
    """Forget the hashes of former sentences: the next screening notes those of now, and takes none for a change.

    A decided finding of a comparison opens again where its sentence is another, as that tells the values compared. What
    the filing of such a finding says otherwise at that one screening is not noticed; what its line does, is.
    """
    del home
    connection.execute("update ledger set because_hash = null where rule_kind = 'reconcile'")
