"""Workbooks made by hand, so that the tests know every byte of what is read."""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

__all__ = ["cell", "workbook"]

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


def cell(place: str, value: str | float, *, day: bool = False) -> str:
    """Returns the XML of a cell with a text or a number; with `day` the number counts days since 1900."""
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    style = ' s="1"' if day else ""
    return f'<c r="{place}"{style}><v>{value!r}</v></c>'


def workbook(sheets: Mapping[str, Mapping[int, str]]) -> bytes:
    """Returns a workbook of the sheets, each the XML of its rows' cells by the number of the row."""
    parts = {f"worksheets/sheet{n}.xml": rows for n, rows in enumerate(sheets.values(), 1)}
    named = "".join(f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(sheets, 1))
    links = [(f"r{n}", "worksheet", part) for n, part in enumerate(parts, 1)]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types"/>')
        packed.writestr("_rels/.rels", _links([("r1", "officeDocument", "xl/workbook.xml")]))
        packed.writestr("xl/_rels/workbook.xml.rels", _links([*links, ("styles", "styles", "styles.xml")]))
        packed.writestr("xl/styles.xml", _STYLES)
        packed.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{named}</sheets></workbook>'
        )
        for part, rows in parts.items():
            body = "".join(f'<row r="{n}">{cells}</row>' for n, cells in rows.items())
            packed.writestr(f"xl/{part}", f'<worksheet xmlns="{_MAIN}"><sheetData>{body}</sheetData></worksheet>')
    return out.getvalue()


def _links(links: list[tuple[str, str, str]]) -> str:
    """Returns a part that says what stands where: name, kind and place of each link."""
    each = "".join(f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{to}"/>' for name, kind, to in links)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'
