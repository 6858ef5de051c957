"""Any table is read as its writer meant it; what is no table is refused with a remedy."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest

from treffpunkt.core.errors import DomainError
from treffpunkt.intake import reading
from treffpunkt.intake.reading import Reading


@pytest.fixture
def written(tmp_path):
    """Write bytes into a file."""

    def write(content: bytes, name: str = "file.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def table(path: Path, how: Reading | None = None) -> list[dict[str, str]]:
    """Read a file as rows by column."""
    how = how or reading.detect(path)
    names = reading.columns(path, how)
    return [dict(zip(names, cells, strict=False)) for _number, cells in reading.body(path, how)]


def test_every_file_of_csv_spectrum_is_read_as_its_json_says(data):
    for path in sorted((data / "robustness/csv-spectrum/csvs").glob("*.csv")):
        wanted = json.loads((data / "robustness/csv-spectrum/json" / f"{path.stem}.json").read_text())
        found = table(path)
        if path.stem == "location_coordinates":  # its JSON has another phone number, and no list
            wanted, found[0]["Contact Phone Number"] = [wanted], wanted["Contact Phone Number"]
        if path.stem == "newlines_crlf":  # stored with line feeds alone
            wanted = json.loads(json.dumps(wanted).replace("\\r", ""))
        assert found == wanted, path.stem


def test_windows_line_ends_within_a_cell_stay(written):
    assert table(written(b'a,b\r\n"one \r\ntwo",3\r\n')) == [{"a": "one \r\ntwo", "b": "3"}]


@pytest.mark.parametrize(
    ("encoding", "detected"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("cp1252", "cp1252"),
    ],
)
def test_encoding_is_found_out(written, encoding, detected):
    path = written("Name;Größe\nFrauen für Köln;12\nMütter in Berlin;5\n".encode(encoding))

    assert reading.detect(path).encoding == detected
    assert table(path)[0] == {"Name": "Frauen für Köln", "Größe": "12"}


def test_arabic_of_old_windows_is_found_out(written):
    text = "الاسم;الأعضاء\nالنساء السوريات في برلين;1200\nالعراقيون في المانيا;300\n" * 4

    assert reading.detect(written(text.encode("cp1256"))).encoding == "cp1256"


def test_an_umlaut_after_a_long_plain_beginning_is_read(written):
    path = written(b"name,n\n" + b"plain,1\n" * 20_000 + "Köln,2\n".encode("cp1252"))

    assert table(path)[-1] == {"name": "Köln", "n": "2"}


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separator_is_found_out(written, separator):
    path = written(separator.join(["name", "members"]).encode() + b"\nA, B; C" + separator.encode() + b"3\n" * 1)
    if separator in ",;":
        path = written(f'name{separator}members\n"A, B; C"{separator}3\n'.encode())

    assert table(path) == [{"name": "A, B; C", "members": "3"}]


def test_packed_file_is_read(written):
    assert table(written(gzip.compress(b"a,b\n1,2\n"), "x.csv.gz")) == [{"a": "1", "b": "2"}]


def test_spreadsheet_is_read_with_its_sheets(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Gruppen"
    for row in (["Name", "Mitglieder"], ["Frauen in Köln", 1200], ["Mütter", 3.5]):
        book.active.append(row)
    book.create_sheet("Leer")
    path = tmp_path / "x.xlsx"
    book.save(path)

    how = reading.detect(path)

    assert (how.format, how.sheet, how.sheets) == ("xlsx", "Gruppen", ["Gruppen", "Leer"])
    assert table(path) == [{"Name": "Frauen in Köln", "Mitglieder": "1200"}, {"Name": "Mütter", "Mitglieder": "3.5"}]


def test_title_lines_above_the_header_are_passed_over(written):
    path = written(b"Our groups\n\nname;members;url\nA;1;x.de\nB;2;y.de\n")

    assert reading.detect(path).header == 3
    assert [number for number, _cells in reading.body(path, reading.detect(path))] == [4, 5]


def test_columns_without_or_with_the_same_name_are_told_apart(written):
    path = written(b"name,,name,\n1,2,3,4\n")

    assert reading.columns(path, reading.detect(path)) == ["name", "B", "name (2)", "D"]


def test_file_without_header_has_letters(written):
    path = written(b"1,SVSSS\n2,polkadot\n")

    assert table(path, Reading(header=0)) == [{"A": "1", "B": "SVSSS"}, {"A": "2", "B": "polkadot"}]


def test_nul_characters_are_taken_out(written):
    assert table(written(b"a,b\n1\x00,2\n" + b"plain,text\n" * 50))[0] == {"a": "1", "b": "2"}


@pytest.mark.parametrize(
    "content",
    [b"", b"\n\n \n", b"%PDF-1.7 ...", b"\x89PNG\r\n", b"<!doctype html><p>", b'{"a": 1}', bytes(range(256)) * 50],
)
def test_what_is_no_table_is_refused_in_words(written, content):
    with pytest.raises(DomainError) as refused:
        reading.detect(written(content))
    assert str(refused.value.message).count(". ") >= 1 or "Please" in str(refused.value.message)


def test_archive_that_is_no_spreadsheet_is_refused(written):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("a.csv", "a,b\n1,2\n")

    with pytest.raises(DomainError, match="ZIP"):
        reading.detect(written(content.getvalue()))


def test_bombs_are_not_unpacked(written, settings):
    settings.IMPORT_MAX_BYTES = 2**20
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 2**23)

    for bomb in (content.getvalue(), gzip.compress(b"a,b\n" + b"1,2\n" * 2**21)):
        with pytest.raises(DomainError, match="larger than"):
            reading.detect(written(bomb))


def test_missing_quotation_mark_names_the_row(written):
    path = written(b'a,b\n1,2\n"never closed,' + b"x" * 600_000)

    with pytest.raises(DomainError, match="Row 3"):
        list(reading.records(path, Reading()))


def test_wrong_choice_of_encoding_is_told(written):
    path = written("a,b\nKöln,2\n".encode("cp1252"))

    with pytest.raises(DomainError, match="another encoding"):
        list(reading.records(path, Reading(encoding="utf-8")))


def test_naughty_strings_come_through(data, written):
    strings = [
        one for one in json.loads((data / "robustness/blns.json").read_text()) if one.strip() and "\x00" not in one
    ]
    text = io.StringIO()
    csv.writer(text).writerows([["n", "text"], *([str(n), one] for n, one in enumerate(strings))])
    path = written(text.getvalue().encode("utf-8", "surrogatepass"))

    assert [row["text"] for row in table(path, Reading())] == strings
