"""The report on an event as a document: DOCX to go on writing in, PDF to hand in."""

from __future__ import annotations

import io
import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from treffpunkt.meetings import pdf
from treffpunkt.meetings.report import Report, Section

TEMPLATE = Path(__file__).parent / "typst" / "report.typ"
ACCENT, QUIET = RGBColor(0x0F, 0x6B, 0x62), RGBColor(0x65, 0x5D, 0x54)


def as_pdf(report: Report) -> bytes:
    """Set the report as PDF/UA on one page."""
    data: dict[str, Any] = json.loads(json.dumps(asdict(report), default=str))
    data |= {"year": report.day.year, "month": report.day.month, "day": report.day.day}
    return pdf.compiled(TEMPLATE, data)


def as_docx(report: Report) -> bytes:
    """Write the report as a document for Word or LibreOffice, with real headings and a table that can be read aloud."""
    document = Document()
    _prepare(document, report)
    document.add_paragraph(report.network, style="Subtitle")
    document.add_heading(report.title, level=1)
    for line in report.about:
        document.add_paragraph(line, style="No Spacing")
    if report.summary:
        document.add_heading(report.summary_title, level=2)
        document.add_paragraph(report.summary)
    for section in report.sections:
        _add(document, section)
    for note in report.notes:
        paragraph = document.add_paragraph()
        run = paragraph.add_run(note)
        run.font.size, run.font.color.rgb = Pt(8.5), QUIET
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _prepare(document: Any, report: Report) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(18)
    for name, size in (("Normal", 10.5), ("Heading 1", 20), ("Heading 2", 13), ("Subtitle", 10)):
        style = document.styles[name]
        style.font.name, style.font.size = "Noto Sans", Pt(size)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "Noto Sans")
        if name.startswith("Heading"):
            style.font.color.rgb = ACCENT
        elif name == "Subtitle":
            style.font.color.rgb, style.font.italic = QUIET, False
    document.styles["Normal"].paragraph_format.space_after = Pt(4)
    document.styles["Heading 2"].paragraph_format.space_before = Pt(10)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), {"de": "de-DE", "en": "en-GB"}[report.language])
    document.styles["Normal"].element.get_or_add_rPr().append(language)
    about = document.core_properties
    about.title, about.author, about.language = report.title, report.network, report.language
    about.created = about.modified = datetime(report.day.year, report.day.month, report.day.day, tzinfo=UTC)
    about.comments = ""


def _add(document: Any, section: Section) -> None:
    document.add_heading(section.title, level=2)
    if section.rows:
        table = document.add_table(rows=0, cols=2)
        for label, value in section.rows:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = label, value
            cells[0].width, cells[1].width = Mm(110), Mm(56)
            cells[1].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
            for cell in cells:
                cell.paragraphs[0].paragraph_format.space_after = Pt(1)
    for line in section.lines:
        paragraph = document.add_paragraph(line, style="List Bullet")
        paragraph.paragraph_format.space_after = Pt(0)
