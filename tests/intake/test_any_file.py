"""Every file gets a clear answer, on the page and on the command line, in the reader's language: read, or refused."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation

from tests.factories.network import a_coordinator, a_platform
from treffpunkt.core.text import from_spreadsheet, spreadsheet_safe
from treffpunkt.intake import queries, running, services, sheets
from treffpunkt.intake.models import Import, Row
from treffpunkt.intake.targets import all_targets, get_target
from treffpunkt.intake.wording import sentence
from treffpunkt.network.models import Organisation, Space
from treffpunkt.search import queries as search

pytestmark = pytest.mark.django_db

SETTLED = {"uploaded", "checked", "failed"}
# What a refusal says to do.
REMEDY = {"en": re.compile(r"Please|please|\?"), "de": re.compile(r"[Bb]itte|\?")}


@pytest.fixture(params=["de", "en"])
def coordinator(request):
    """Give a coordinator who reads German, and one who reads English."""
    a_platform("facebook")
    coordinator = a_coordinator()
    coordinator.language = request.param
    coordinator.save()
    return coordinator


@pytest.fixture
def page(client, coordinator):
    """Open pages as coordination."""
    client.force_login(coordinator)
    return client


def answered(page, coordinator, name: str, content: bytes) -> str:
    """Upload a file and go as far as it lets; gives where it ended, or what was said against it."""
    before = set(Import.objects.values_list("pk", flat=True))
    answer = page.post(reverse("web:intake:upload"), {"file": SimpleUploadedFile(name, content)})
    if answer.status_code == 422:
        said = re.sub(r"<[^>]+>", " ", answer.content.decode())
        assert REMEDY[coordinator.language].search(said), name
        assert set(Import.objects.values_list("pk", flat=True)) == before
        return "refused"
    assert answer.status_code == 302, (name, answer.status_code)
    found = Import.objects.exclude(pk__in=before).get()
    assert page.get(answer["Location"]).status_code == 200, name
    for target in all_targets():
        name_of = next((one.key for one in target.fields() if one.required), target.fields()[0].key)
        data = {"column_0": name_of, **{f"all_{one.key}": one.initial for one in target.fields() if one.initial}}
        page.post(reverse("web:intake:reading", args=[found.pk]), _reading(found) | {"target": target.key})
        answer = page.post(reverse("web:intake:columns", args=[found.pk]), data)
        assert answer.status_code in (302, 422), (name, target.key)
        if answer.status_code == 302:
            running.check(found.pk)
        found.refresh_from_db()
        assert found.state in SETTLED, (name, found.state)
        assert found.state != "failed" or found.problem, name
        for verdict in ("new", "wrong", "doubtful"):
            page_of_rows = page.get(reverse("web:intake:detail", args=[found.pk]), {"verdict": verdict})
            assert page_of_rows.status_code in (200, 302), name
    left_out = page.get(reverse("web:intake:left_out", args=[found.pk]))
    assert b"".join(left_out.streaming_content)
    return str(found.state)


def _reading(found: Import) -> dict[str, object]:
    return {key: found.reading[key] for key in ("header", "encoding", "separator", "sheet") if key in found.reading}


def every_file(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_every_file_of_the_collection_is_answered_on_the_page(page, coordinator, data):
    answers = {
        path.name: answered(page, coordinator, path.name, path.read_bytes()) for path in every_file(data / "robustness")
    }

    assert len(answers) >= 25
    assert {answers[f"{name}.csv"] for name in ("simple", "utf8", "newlines_crlf", "quotes_and_newlines")} == {
        "checked"
    }
    assert answers["simple.json"] == "refused"


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_file_of_the_collection_is_answered_on_the_command_line(data, language):
    for path in every_file(data / "robustness"):
        said = told(path, language)
        assert said in ("0", "3") or REMEDY[language].search(said), (path.name, said)
    assert (Import.objects.count(), Organisation.objects.count()) == (0, 0)


def told(path: Path, language: str) -> str:
    """Run the command and give its exit code, or what it said against the file."""
    try:
        with translation.override(language):
            call_command("import_file", str(path), "--target=organisations", "--dry-run", stdout=StringIO())
    except CommandError as error:
        return str(error)
    except SystemExit as ended:
        return str(ended.code)
    return "0"


def xlsx(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_xml(xml: bytes) -> bytes:
    """Make a spreadsheet whose one sheet is as told."""
    with zipfile.ZipFile(io.BytesIO(xlsx(["a"]))) as source:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in source.namelist():
                archive.writestr(name, xml if name.startswith("xl/worksheets/") else source.read(name))
    return out.getvalue()


def ods(body: str) -> bytes:
    """Make an ODS file with these rows."""
    head = (
        '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        '<table:table table:name="A">'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<x/>")
        archive.writestr(
            "content.xml", f"{head}{body}</table:table></office:spreadsheet></office:body></office:document-content>"
        )
    return out.getvalue()


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
CELL = '<table:table-cell office:value-type="string"%s><text:p>x</text:p></table:table-cell>'
FAR = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
BOMBS: dict[str, Callable[[], bytes]] = {
    "two cells far apart": lambda: sheet_xml(SHEET % FAR),
    "one cell a billion times": lambda: ods(
        '<table:table-row table:number-rows-repeated="1048576">'
        + CELL % ' table:number-columns-repeated="16384"'
        + "</table:table-row>"
    ),
    "entities within entities": lambda: sheet_xml(
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
            b'<!ENTITY %s "%s">' % (bytes([98 + n]), b"&%s;" % bytes([97 + n]) * 10) for n in range(9)
        ) + b"]>" + SHEET % b'<row r="1"><c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row>'
    ),
    "truncated": lambda: xlsx(["a", "b"], [1, 2])[:-200],
    "packed within packed": lambda: gzip.compress(gzip.compress(b"a,b\n1,2\n")),
    "gzip cut short": lambda: gzip.compress(b"a,b\n" + b"1,2\n" * 5000)[:-30],
    "gzip of nothing": lambda: gzip.compress(b""),
    "gzip with rubbish": lambda: b"\x1f\x8b" + bytes(range(200)),
    "a spreadsheet in gzip": lambda: gzip.compress(xlsx(["a"], ["b"])),
}  # fmt: skip
ODD: dict[str, bytes] = {
    "NUL in every cell": b"name,members\n" + b"a\0b,\x001\0\n" * 5,
    "lone surrogates": b"name\n\xed\xa0\x80abc\n",
    "broken UTF-8": b"name\nK\xc3\xb6ln \xc3\n\xff\xfe\xfd\n",
    "emoji": "name\n👩‍👧‍👦 Mütter 🇸🇾\n".encode(),
    "directions": "name\n\u202eNegrub ni neuarF\u202c\n\u2067نساء\u2069\n".encode(),
    "long name": b"name\n" + b"x" * 10_000 + b"\n",
    "long name of marks": ("name\n" + "Z̷̢" * 5000 + "\n").encode(),
    "huge numbers": b"name,members\na," + b"9" * 400 + b"\nb,1e999\nc,-5\nd,nan\ne,inf\n",
    "years": b"name,members,key\na,0000-00-00,1\nb,99999-12-31,2\n",
    "empty fields": b"name,members\n,,\n;;\n,\n",
    "only separators": b",,,,\n,,,,\n",
    "one column": b"name\n",
    "one long line": b"a," * 20_000 + b"a",
    "four hundred columns": (",".join(f"c{n}" for n in range(400)) + "\n" + "x," * 399 + "x\n").encode(),
    "ragged": b"a,b\n1\n1,2,3,4\n",
    "never closed": b'name\n"open\n' + b"x\n" * 200_000,
    "UTF-16 cut in half": "name\nKöln\n".encode("utf-16")[:-1],
    "UTF-32": "name\nKöln\n".encode("utf-32"),
    "UTF-7": b"name\n+APY-\n",
    "EBCDIC": "name,members\nKoeln,5\n".encode("cp500"),
    "byte order mark alone": b"\xef\xbb\xbf",
    "formula": b"name\n=HYPERLINK(\"http://x\")\n+1\n@SUM(1)\n",
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_and_ruins_are_refused_in_words(page, coordinator, name, monkeypatch):
    monkeypatch.setattr(sheets, "MEGABYTES", 400)

    assert answered(page, coordinator, "x.xlsx", BOMBS[name]()) == "refused"


@pytest.mark.parametrize("name", ODD)
def test_odd_files_are_read_or_refused_in_words(page, coordinator, name):
    assert answered(page, coordinator, "x.csv", ODD[name]) in (*SETTLED, "refused")


def brought_in(by, content: bytes, target: str, **fixed: str) -> Import:
    """Bring a file in as it is guessed."""
    found = services.upload(by=by, name="x.csv", pieces=[content], target=target)
    found = services.choose_mapping(by=by, found=found, mapping=found.mapping, fixed=found.fixed | fixed, wait=True)
    running.check(found.pk)
    found.refresh_from_db()
    services.apply_import(by=by, found=found, wait=True)
    running.apply(found.pk)
    found.refresh_from_db()
    return found


def test_names_that_turn_their_direction_are_cleaned_and_found():
    by = a_coordinator()
    brought_in(by, "name\nFrauenhaus \u202eNord\u202c \u2067نساء\u2069\u200f\n".encode(), "organisations")

    made = Organisation.objects.get()
    assert made.name == "Frauenhaus Nord نساء"
    for text in ("frauenhaus nord", "نساء", "\u202eNord\u202c"):
        hits = search.find(text, {"network.organisation": Organisation.objects.all()}, 5)
        assert [hit.record_id for hit in hits] == [made.pk], text


def test_name_that_is_too_long_is_told_with_its_row_and_most():
    a_platform("facebook")
    by = a_coordinator()
    found = services.upload(by=by, name="x.csv", pieces=[b"name\n" + b"x" * 10_000 + b"\nshort one\n"], target="spaces")
    found = services.choose_mapping(
        by=by, found=found, mapping={"name": "name"}, fixed={"platform": "facebook"}, wait=True
    )
    running.check(found.pk)

    row = Row.objects.get(file=found, verdict="wrong")
    with translation.override("en"):
        assert sentence(row.reasons, get_target("spaces")) == "“name” is longer than 300 characters."
    assert Row.objects.filter(file=found, verdict="new").count() == 1
    assert Space.objects.count() == 0


FORMULAS = ["=1+1", "+49 221", "-2", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1+1", "|calc", "%0A=1", "=cmd|'/C calc'!A0"]


@pytest.mark.parametrize("text", FORMULAS)
def test_guarded_cells_come_back_as_they_were(text):
    assert spreadsheet_safe(text).startswith("'")
    if not text.startswith(("\t", "\r")):
        assert from_spreadsheet(spreadsheet_safe(text)) == text
    assert from_spreadsheet("'s-Hertogenbosch") == "'s-Hertogenbosch"


def test_rows_left_out_are_safe_to_open_and_can_be_brought_in_again():
    a_platform("facebook")
    by = a_coordinator()
    lines = "".join(f'"{text}",many\n' for text in FORMULAS if text.strip() == text != "-2")
    found = services.upload(by=by, name="x.csv", pieces=[f"name,members\n{lines}".encode()], target="spaces")
    mapping = {"name": "name", "members": "members"}
    found = services.choose_mapping(by=by, found=found, mapping=mapping, fixed={"platform": "facebook"}, wait=True)
    running.check(found.pk)
    found.refresh_from_db()

    rows = list(queries.error_lines(found, get_target("spaces"), ("Row", "Reason")))

    assert len(rows) == 1 + found.counts["wrong"]
    for row in rows[1:]:
        assert row[2].startswith("'")
        assert from_spreadsheet(row[2]) in FORMULAS


def test_large_file_is_checked_in_bounded_memory(tmp_path, monkeypatch):
    """Memory does not grow with the file: ten times the rows take about as much."""
    import tracemalloc

    a_platform("facebook")
    by = a_coordinator()
    monkeypatch.setattr(running, "PIECE", 200)

    def peak(rows: int) -> int:
        tracemalloc.start()
        found = services.upload(by=by, name="x.csv", pieces=_pieces(rows), target="spaces")
        found = services.choose_mapping(
            by=by, found=found, mapping={"name": "name"}, fixed={"platform": "facebook"}, wait=True
        )
        running.check(found.pk)
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        found.refresh_from_db()
        assert found.counts["new"] == rows
        return size

    peak(200)
    assert peak(4000) < peak(400) + 6 * 2**20


def _pieces(rows: int):
    yield b"name,note\n"
    for number in range(rows):
        yield f"gruppe{number},{'x' * 300}\n".encode()
