"""What a file is, is found out from it, told, and can be said: packing, encoding, delimiter, decimal mark."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from flows.jobs.ingest import ingest_file
from tests.support.desk import Desk
from tests.support.extracts import extract, row
from transforms.errors import InputError

ROWS = [row("A", description="Prüfgerät – €5"), row("B", destination="Freedonia"), row("C", value_usd="1234.5")]
TEXT = extract(*ROWS)


def zipped(*members: tuple[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return held.getvalue()


def parquet() -> bytes:
    headings, *rows = (line.split(",") for line in TEXT.splitlines())
    held = io.BytesIO()
    pq.write_table(pa.table({name: [cells[at] for cells in rows] for at, name in enumerate(headings)}), held)
    return held.getvalue()


def workbook() -> bytes:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        sheet = book.add_worksheet("Lines")
        for number, line in enumerate(TEXT.splitlines()):
            sheet.write_row(number, 0, line.split(","))
    return held.getvalue()


def with_sign(sign: str) -> str:
    return TEXT.replace(",", sign)


FILES: dict[str, tuple[str, bytes, str]] = {
    "commas": ("x.csv", TEXT.encode(), "comma, UTF-8"),
    "semicolons": ("x.csv", with_sign(";").encode(), "semicolon, UTF-8"),
    "tabs": ("x.tsv", with_sign("\t").encode(), "tab, UTF-8"),
    "pipes": ("x.txt", with_sign("|").encode(), "pipe, UTF-8"),
    "a mark": ("x.csv", TEXT.encode("utf-8-sig"), "comma, UTF-8"),
    "Windows-1252": ("x.csv", TEXT.encode("cp1252"), "comma, Windows-1252"),
    "Windows-1252 and semicolons, CR": (
        "x.csv", with_sign(";").replace("\n", "\r").encode("cp1252"), "semicolon, Windows-1252",
    ),
    "Windows-1252 and mixed line ends": (
        "x.csv", TEXT.replace("\n", "\r\n", 2).encode("cp1252"), "comma, Windows-1252",
    ),
    "UTF-16": ("x.csv", TEXT.encode("utf-16"), "comma, UTF-16"),
    "UTF-16 and tabs, as Excel saves Unicode text": (
        "x.txt", with_sign("\t").replace("\n", "\r\n").encode("utf-16"), "tab, UTF-16",
    ),
    "UTF-16 without a mark": ("x.csv", TEXT.encode("utf-16-le"), "comma, UTF-16, low byte first"),
    "UTF-16, high byte first": ("x.csv", TEXT.encode("utf-16-be"), "comma, UTF-16, high byte first"),
    "gzip": ("x.csv.gz", gzip.compress(TEXT.encode()), "comma, UTF-8, gzip"),
    "gzip under another name, in two parts": (
        "x.csv", gzip.compress(TEXT[:99].encode()) + gzip.compress(TEXT[99:].encode()), "comma, UTF-8, gzip",
    ),
    "gzip, Windows-1252, semicolons": (
        "x.csv.gz", gzip.compress(with_sign(";").encode("cp1252")), "semicolon, Windows-1252, gzip",
    ),
    "zip": (
        "x.zip", zipped(("__MACOSX/._a.csv", b"?"), ("in/.DS_Store", b"?"), ("in/a.csv", TEXT.encode())),
        "comma, UTF-8, zip (in/a.csv)",
    ),
    "Parquet": ("x.parquet", parquet(), "Parquet"),
    "Parquet under another name, in gzip": ("x.bin", gzip.compress(parquet()), "Parquet, gzip"),
    "a workbook": ("x.xlsx", workbook(), "workbook, sheet Lines"),
    "a workbook in a zip": ("x.zip", zipped(("a.xlsx", workbook())), "workbook, sheet Lines, zip (a.xlsx)"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content", "told"), FILES.values(), ids=FILES.keys())
def test_one_extract_is_the_same_in_every_form_and_lands_as_it_came(
    desk: Desk, name: str, content: bytes, told: str
) -> None:
    done = desk.take(content, name)
    assert (done.rows_in, done.loaded, done.quarantined, done.read_as) == (3, 2, 1, told)
    assert desk.rows("select shipment_id, description, value_usd::double from lines order by 1") == [
        ("A", "Prüfgerät – €5", 100.0), ("C", "a pump", 1234.5),
    ]  # fmt: skip
    shown = 3 if "workbook" in told else 2  # a sheet counts its headings
    assert desk.rows("select row_number, problems[1].recorded from quarantine") == [(shown, "Freedonia")]
    assert [path.read_bytes() for path in desk.home.landed.iterdir()] == [content]
    assert desk.take(content, name).is_known
    (aside,) = desk.home.quarantine.iterdir()
    assert aside.suffix in (".csv", ".tsv", ".txt", ".bin")


def test_the_layout_that_was_taken_is_told_with_the_reason(desk: Desk) -> None:
    assert desk.take(TEXT).why == (
        "it has all 8 headings; the next best layout, filings, lacks 2 of them and requires 1 more column"
    )
    assert desk.take(TEXT, layout="line", again=True).why == ""


def test_letters_that_windows_1252_does_not_have_set_only_their_row_aside(desk: Desk) -> None:
    done = desk.take(extract(row("A", description="caf\udce9"), row("B", description="?\udc81?"), row("C")).encode(
        errors="surrogateescape"))  # fmt: skip
    assert (done.loaded, done.quarantined, done.read_as) == (2, 1, "comma, Windows-1252")
    ((number, reason, recorded),) = desk.rows("select row_number, problems[1].reason, recorded from quarantine")
    assert (number, reason.partition(";")[0]) == (2, "bytes that are not Windows-1252")
    assert r"?\x81?" in recorded
    assert desk.rows("select description from lines where shipment_id = 'A'") == [("café",)]


def test_a_letter_far_down_the_file_is_found_to_be_windows_1252(desk: Desk) -> None:
    many = [row(f"S{number}", description="x" * 300) for number in range(2_000)]
    done = desk.take(extract(*many, row("Z", description="café")).encode("cp1252"))
    assert (done.loaded, done.quarantined, done.read_as) == (2_001, 0, "comma, Windows-1252")
    assert desk.rows("select description from lines where shipment_id = 'Z'") == [("café",)]


def test_a_damaged_letter_of_a_file_with_letters_of_utf_8_costs_its_row_alone(desk: Desk) -> None:
    many = [row(f"S{number}", description="x" * 300) for number in range(2_000)]
    text = extract(row("A", description="caf\udce9"), *many, row("Z", description="café"))
    done = desk.take(text.encode(errors="surrogateescape"))
    assert (done.loaded, done.quarantined, done.read_as) == (2_001, 1, "comma, UTF-8")


def test_what_the_user_says_goes_before_what_is_found_out(desk: Desk) -> None:
    path = desk.put(extract(row("A", description="caf\udce9")).encode(errors="surrogateescape"))
    assert ingest_file(desk.home, path, said={"encoding": "utf-8"}).quarantined == 1
    done = ingest_file(desk.home, path, said={"encoding": "latin-1", "delimiter": "comma"}, again=True)
    assert (done.loaded, done.read_as) == (1, "comma (stated), Latin-1 (stated)")
    for said, allowed in {"encoding": "windows-1252", "delimiter": "semicolon", "decimal": r"\., ,"}.items():
        with pytest.raises(InputError, match=rf"--{said} nonsense: not known. Allowed: .*{allowed}"):
            ingest_file(desk.home, path, said={said: "nonsense"}, again=True)


AMOUNTS = ["100.00", "1234.5", "7", "0.500", "1,50", "1.234,50", "1,234", "1.234", "1,234.50", "$1,234"]


def semicolons(*amounts: str) -> str:
    return "shipment_id;line_number;export_on;value_usd\n" + "".join(
        f"S{at};1;2025-02-03;{amount}\n" for at, amount in enumerate(amounts)
    )


@pytest.mark.parametrize("sign", [";", "\t", "|"])
def test_a_number_that_could_be_two_is_set_aside_where_nobody_said_which(desk: Desk, sign: str) -> None:
    done = desk.take(semicolons(*AMOUNTS, "a,b").replace(";", sign))
    assert (done.loaded, done.quarantined) == (4, 7)
    read = desk.rows("select value_usd::double from lines order by shipment_id")
    assert read == [(100.0,), (1234.5,), (7.0,), (0.5,)]
    reasons = desk.rows("select problems[1].recorded, problems[1].reason from quarantine order by row_number")
    assert [recorded for recorded, _ in reasons] == [*AMOUNTS[4:], "a,b"]
    assert ["give --decimal" in reason for _, reason in reasons] == [True] * 6 + [False]


def test_a_decimal_mark_that_is_said_is_read(desk: Desk) -> None:
    path = desk.put(semicolons("1.234,50", "1,5", "1.234"))
    assert ingest_file(desk.home, path, said={"decimal": ","}).loaded == 3
    assert desk.rows("select value_usd::double from lines order by shipment_id") == [(1234.5,), (1.5,), (1234.0,)]


def test_in_a_file_of_commas_a_comma_parts_thousands_as_ever(desk: Desk) -> None:
    assert desk.take(extract(row("A", value_usd='"1,234"'), row("B", value_usd="1.25"))).loaded == 2
    assert desk.rows("select sum(value_usd)::double from lines") == [(1235.25,)]


GOOD = gzip.compress(TEXT.encode() * 50)
REFUSED: dict[str, tuple[str, bytes, str]] = {
    "gzip that breaks off": ("x.csv.gz", GOOD[:-20], "cannot be unpacked"),
    "gzip with a wrong sum": ("x.csv.gz", GOOD[:-8] + b"\0" * 8, "cannot be unpacked"),
    "gzip of gzip": ("x.gz", gzip.compress(GOOD), "is itself packed"),
    "gzip of nothing": ("x.gz", gzip.compress(b""), "the file is empty"),
    "a bomb": ("x.gz", gzip.compress(bytes(300_000_000), 9), "times its own size"),
    "two extracts": ("x.zip", zipped(("a.csv", b"1"), ("b.csv", b"2")), r"holds 2 files \(a.csv, b.csv\)"),
    "no extract": ("x.zip", zipped(("in/", b"")), "the archive holds no file"),
    "zip with a password": (
        "x.zip", zipped(("a.csv", b"1")).replace(b"PK\1\2\x14\3\x14\0\0", b"PK\1\2\x14\3\x14\0\1"), "has a password",
    ),
    "zip that breaks off": ("x.zip", zipped(("a.csv", TEXT.encode() * 50))[:-30], "damaged workbook or archive"),
    "another document": ("x.docx", zipped(("[Content_Types].xml", b""), ("w.xml", b"")), "another program's document"),
    "half a Parquet file": ("x.parquet", parquet()[:-50], "cannot be read as Parquet"),
    "not a Parquet file": ("x.parquet", TEXT.encode(), "not a Parquet file"),
    "UTF-16 of odd bytes": ("x.csv", TEXT.encode("utf-16")[:-1], "not utf-16 text"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_unpacked_or_read_is_refused_and_leaves_nothing(
    desk: Desk, name: str, content: bytes, said: str
) -> None:
    with pytest.raises(InputError, match=said) as error:
        desk.take(content, name)
    assert str(error.value).startswith(name)
    assert desk.rows("select count(*) from batches") == [(0,)]
    assert not list(desk.home.landed.iterdir())


@pytest.mark.parametrize("take", [gzip.compress, lambda content: zipped(("a.csv", content))], ids=["gzip", "zip"])
def test_a_row_of_a_packed_file_is_set_aside_as_in_the_file_itself(desk: Desk, take: Callable[[bytes], bytes]) -> None:
    content = extract(row("A"), "", row("Q", description='"a\n\nb"'), "too,few", "", row("D", export_on="soon"))
    assert desk.take(take(content.encode()), "x.bin").quarantined == 2
    packed = desk.rows("select row_number, problems from quarantine order by 1")
    desk.take(content, again=True)
    assert packed == desk.rows("select row_number, problems from quarantine where file_name = 'extract.csv' order by 1")
    assert [number for number, _ in packed] == [3, 4]
