"""A report as one HTML file: pictures inside, no scripts, no links, nothing fetched; prints on A4 or Letter."""

from base64 import b64encode
from typing import Iterator

from . import markup
from .document import Picture, Report

_STYLE = """
body { background: #ffffff; color: #1a1a1a; font-family: "Segoe UI", "Noto Sans", "Helvetica Neue", Arial, sans-serif;
  font-size: 14px; line-height: 1.45; max-width: 860px; margin: 32px auto; padding: 0 20px; }
h1 { font-size: 26px; margin: 0 0 4px 0; }
h2 { font-size: 19px; margin: 0 0 2px 0; }
section { border-top: 2px solid #2b5f8a; margin-top: 28px; padding-top: 14px; }
p { margin: 0 0 8px 0; overflow-wrap: anywhere; }
.quiet, .caption { color: #555555; font-size: 12px; margin-bottom: 4px; }
.caption { line-height: 1.3; margin-bottom: 2px; }
.answer { font-size: 15px; }
.note { background: #fff6e0; border-left: 3px solid #c98a00; padding: 4px 8px; font-size: 13px; }
.figure { margin: 0 0 4px 0; }
img { max-width: 100%; height: auto; border: 1px solid #b8b8b8; }
table { border-collapse: collapse; margin: 10px 0 16px 0; }
table.figures { margin: 4px 0; table-layout: fixed; break-inside: avoid; }
table.values td, table.small td, th { padding: 3px 6px; }
table.square { margin: 0 0 8px 0; }
table.square td { padding: 34px 4px; }
table.square th { font-size: 13px; }
table.values th, table.small th { border-bottom: 1px solid #777777; color: #444444; font-size: 12px; }
table.values th.title, table.small th.title { border-bottom: none; color: #1a1a1a; font-size: 14px; }
table.values td, table.small td { border-bottom: 1px solid #dddddd; vertical-align: top; overflow-wrap: anywhere;
  font-variant-numeric: tabular-nums; }
table.small td { font-size: 12px; }
tr { break-inside: avoid; }
@page { size: auto; margin: 18mm 16mm; }
@media print { body { margin: 0; padding: 0; max-width: none; font-size: 10.5pt; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""
#: Even if a browser found markup where there is none: nothing may run, and nothing but the pictures inside may load.
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


def pieces(report: Report) -> Iterator[str]:
    """The file's text, chapter by chapter, so that many pictures need not stand in memory twice."""
    yield (
        f'<!DOCTYPE html>\n<html lang="{markup.text(report.language)}"><head><meta charset="utf-8"/>'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"/>'
        '<meta name="viewport" content="width=device-width"/><meta name="referrer" content="no-referrer"/>'
        f'<meta name="color-scheme" content="light"/><title>{markup.text(report.title)}</title>'
        f"<style>{_STYLE}</style></head>\n<body>\n<header>{markup.head(report)}</header>\n"
    )
    for part in report.chapters:
        yield f"<section>{''.join(block.body for block in markup.blocks(part, data_uri))}</section>\n"
    yield f'<footer><p class="quiet">{markup.text(report.foot)}</p></footer>\n</body></html>\n'


def data_uri(picture: Picture) -> str:
    """The picture itself as an address."""
    return f"data:{picture.mime};base64,{b64encode(picture.data).decode('ascii')}"
