"""The excerpt written down: GEXF and GraphML for programs that draw graphs, CSV for spreadsheets.

Cost and size grow with what is shown, two thousand records at most.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from treffpunkt.core.text import spreadsheet_safe

Value = str | int | float | bool | None
_TYPES = {bool: "boolean", int: "long", float: "double", str: "string"}
# What XML cannot hold.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BOM = "\ufeff"  # without it spreadsheets read Arabic as Latin


@dataclass(frozen=True)
class Column:
    """What is said of every record or tie: its key, its title, its type."""

    key: str
    title: str
    type: type


@dataclass(frozen=True)
class Dot:
    """A record of the file."""

    id: str
    label: str
    values: Sequence[Value]
    x: float | None = None
    y: float | None = None


@dataclass(frozen=True)
class Line:
    """A tie of the file, between two ids."""

    one: str
    other: str
    label: str


@dataclass(frozen=True)
class Drawing:
    """Everything a file holds; the columns name the values of the dots."""

    columns: Sequence[Column]
    dots: Sequence[Dot]
    lines: Sequence[Line]
    made_on: date


def gexf(drawing: Drawing) -> bytes:
    """Write GEXF 1.2, as Gephi opens it, with the places on the map."""
    xml = _Xml()
    xml.begin(
        "gexf",
        version="1.2",
        **{"xmlns": "http://www.gexf.net/1.2draft", "xmlns:viz": "http://www.gexf.net/1.2draft/viz"},
    )
    xml.begin("meta", lastmodifieddate=drawing.made_on.isoformat())
    xml.leaf("creator", "Treffpunkt")
    xml.end("meta")
    xml.begin("graph", mode="static", defaultedgetype="undirected")
    xml.begin("attributes", **{"class": "node", "mode": "static"})
    for column in drawing.columns:
        xml.leaf("attribute", id=column.key, title=column.title, type=_TYPES[column.type])
    xml.end("attributes")
    xml.begin("nodes")
    for dot in drawing.dots:
        xml.begin("node", id=dot.id, label=dot.label)
        xml.begin("attvalues")
        for column, value in _given(drawing, dot):
            xml.leaf("attvalue", **{"for": column.key, "value": value})
        xml.end("attvalues")
        if dot.x is not None and dot.y is not None:
            xml.leaf("viz:position", x=f"{dot.x:.2f}", y=f"{dot.y:.2f}", z="0.0")
        xml.end("node")
    xml.end("nodes")
    xml.begin("edges")
    for number, line in enumerate(drawing.lines):
        xml.leaf("edge", id=str(number), source=line.one, target=line.other, label=line.label)
    xml.end("edges")
    xml.end("graph")
    return xml.finish("gexf")


def graphml(drawing: Drawing) -> bytes:
    """Write GraphML, with the names of programs' own making beside: `label`, `x`, `y`."""
    xml = _Xml()
    xml.begin("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    own = [Column("label", "label", str), Column("x", "x", float), Column("y", "y", float)]
    for column in (*own, *drawing.columns):
        xml.leaf(
            "key", **{"id": column.key, "for": "node", "attr.name": column.title, "attr.type": _TYPES[column.type]}
        )
    xml.leaf("key", **{"id": "tie", "for": "edge", "attr.name": "label", "attr.type": "string"})
    xml.begin("graph", edgedefault="undirected")
    for dot in drawing.dots:
        xml.begin("node", id=dot.id)
        xml.leaf("data", dot.label, key="label")
        if dot.x is not None and dot.y is not None:
            xml.leaf("data", f"{dot.x:.2f}", key="x")
            xml.leaf("data", f"{dot.y:.2f}", key="y")
        for column, value in _given(drawing, dot):
            xml.leaf("data", value, key=column.key)
        xml.end("node")
    for line in drawing.lines:
        xml.begin("edge", source=line.one, target=line.other)
        xml.leaf("data", line.label, key="tie")
        xml.end("edge")
    xml.end("graph")
    return xml.finish("graphml")


def tables(drawing: Drawing, delimiter: str = ",") -> bytes:
    """Write two CSV tables in one ZIP: `nodes.csv` and `edges.csv`, safe to open in a spreadsheet."""
    nodes = [["Id", "Label", *(column.title for column in drawing.columns)]]
    nodes += [[dot.id, dot.label, *("" if value is None else value for value in dot.values)] for dot in drawing.dots]  # type: ignore[list-item]
    edges = [["Source", "Target", "Label"], *([line.one, line.other, line.label] for line in drawing.lines)]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in (("nodes.csv", nodes), ("edges.csv", edges)):
            stamp = (drawing.made_on.year, drawing.made_on.month, drawing.made_on.day, 0, 0, 0)
            archive.writestr(zipfile.ZipInfo(name, stamp), _csv(rows, delimiter), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


FILES: dict[str, tuple[Callable[..., bytes], str, str]] = {
    "gexf": (gexf, "gexf", "application/gexf+xml"),
    "graphml": (graphml, "graphml", "application/graphml+xml"),
    "csv": (tables, "zip", "application/zip"),
}


def _given(drawing: Drawing, dot: Dot) -> Iterable[tuple[Column, str]]:
    for column, value in zip(drawing.columns, dot.values, strict=True):
        if value is not None:
            yield column, str(value).lower() if isinstance(value, bool) else str(value)


def _csv(rows: Iterable[Sequence[Value]], delimiter: str) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    for row in rows:
        writer.writerow([spreadsheet_safe(one) if isinstance(one, str) else one for one in row])
    return (_BOM + text.getvalue()).encode()


class _Xml:
    """XML written tag by tag."""

    def __init__(self) -> None:
        self._out = io.StringIO()
        self._xml = XMLGenerator(self._out, encoding="utf-8", short_empty_elements=True)
        self._xml.startDocument()

    def begin(self, name: str, /, **attributes: str) -> None:
        self._xml.startElement(name, AttributesImpl({key: _NO_XML.sub("", value) for key, value in attributes.items()}))

    def end(self, name: str) -> None:
        self._xml.endElement(name)

    def leaf(self, name: str, text: str = "", /, **attributes: str) -> None:
        self.begin(name, **attributes)
        if text:
            self._xml.characters(_NO_XML.sub("", text))
        self.end(name)

    def finish(self, name: str) -> bytes:
        self.end(name)
        self._xml.endDocument()
        return self._out.getvalue().encode()
