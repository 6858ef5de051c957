"""The report on an event: numbers, topics, results, and nobody's name, as DOCX and PDF in two languages."""

from __future__ import annotations

import io
import shutil
import subprocess

import pytest
from docx import Document
from pypdf import PdfReader

from tests.factories.meetings import a_coordinator, a_meeting, a_statement, an_actor, invited
from treffpunkt.meetings import pdf
from treffpunkt.meetings.report import facts, report
from treffpunkt.meetings.reporting import as_docx, as_pdf
from treffpunkt.meetings.services import notes
from treffpunkt.meetings.services.invitations import note_attendance
from treffpunkt.meetings.services.meetings import end_meeting, start_meeting
from treffpunkt.meetings.services.minutes import close_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def host():
    """Give a host."""
    return a_coordinator(name="Katrin Oster")


@pytest.fixture
def held(host):
    """Give a meeting of seven invited, six of whom came, with needs, a task and something confidential."""
    meeting = a_meeting(host)
    rows = invited(host, meeting, *(an_actor(name=f"Amira Haddad{n}", handle=f"amira{n}") for n in range(7)))
    start_meeting(by=host, meeting=meeting)
    note_attendance(by=host, meeting=meeting, attendance={row.pk: "attended" for row in rows[:6]})
    for number in range(6):
        said = a_statement(host, meeting, f"نحتاج إلى دورات {number}", statement_kind="need", women_specific=number < 2)
    a_statement(host, meeting, "Das bleibt unter uns.", statement_kind="need", confidential=True)
    notes.turn_into_task(by=host, statement=said, title="Kurse suchen")
    end_meeting(by=host, meeting=meeting)
    text = "Amira Haddad0 und Katrin Oster sehen Bedarf an Abendkursen."
    return close_meeting(by=host, meeting=meeting, summary=text, summaries={"en": "Evening courses are needed."})


def words(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_numbers_are_counted_and_small_ones_hidden(held):
    found = facts(held, agreements=1)
    assert (found.invited, found.came, found.needs, found.needs_of_women, found.tasks) == (7, 6, 6, 2, 1)
    rows = dict(row for section in report(held, found, "en").sections for row in section.rows)
    assert (rows["invited"], rows["took part"], rows["needs that arose"]) == ("7", "6", "6")
    for hidden in ("of these, concerning women especially", "tasks agreed on", "agreements on cooperation"):
        assert rows[hidden] == "under 5"
    assert rows["promises of participants"] == "0"


@pytest.mark.parametrize("language", ["de", "en"])
def test_document_opens_again_and_names_nobody(held, language):
    content = as_docx(report(held, facts(held), language))
    document = Document(io.BytesIO(content))
    text = words(content)

    headings = [one.text for one in document.paragraphs if one.style.name.startswith("Heading")]
    assert len(headings) == 5
    assert ("Abendkursen" if language == "de" else "Evening courses") in text
    for name in ("Amira", "Haddad", "Oster", "unter uns"):
        assert name not in text
    assert document.core_properties.language == language


@pytest.mark.skipif(not any(pdf.FONTS.glob("*.ttf")), reason="fonts are copied by `npm run build`")
@pytest.mark.parametrize("language", ["de", "en"])
def test_pdf_is_one_page_and_names_nobody(held, language):
    read = PdfReader(io.BytesIO(as_pdf(report(held, facts(held), language))))
    text = read.pages[0].extract_text()
    assert len(read.pages) == 1
    assert read.trailer["/Root"]["/Lang"].startswith(language)
    for name in ("Amira", "Haddad", "Oster"):
        assert name not in text


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
def test_libreoffice_reads_the_document_on_one_page(held, tmp_path):
    (tmp_path / "report.docx").write_bytes(as_docx(report(held, facts(held), "de")))
    subprocess.run(
        ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "report.docx")],
        check=True, timeout=120,
    )  # fmt: skip
    assert len(PdfReader(tmp_path / "report.pdf").pages) == 1
