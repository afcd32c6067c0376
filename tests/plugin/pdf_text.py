"""The text and pages of a PDF that Qt wrote, by nothing but the standard library."""

import re
import zlib
from pathlib import Path
from typing import Dict, List


def page_texts(path: Path) -> List[str]:
    """The text of each page, in the order of its pages; a line for each piece of text."""
    objects = {int(n): body for n, body in re.findall(rb"(?:^|\n)(\d+) 0 obj\n(.*?)endobj", path.read_bytes(), re.DOTALL)}
    kids = next(re.search(rb"/Kids\s*\[(.*?)\]", body, re.DOTALL) for body in objects.values() if b"/Type /Pages" in body)
    return [_page(objects, int(number)) for number in re.findall(rb"(\d+) 0 R", kids.group(1))]


def _page(objects: Dict[int, bytes], number: int) -> str:
    page = objects[number]
    content = _stream(objects[int(re.search(rb"/Contents (\d+) 0 R", page).group(1))])
    resources = objects[int(re.search(rb"/Resources (\d+) 0 R", page).group(1))]
    fonts = {name: _letters(objects, int(n)) for name, n in re.findall(rb"/(F\d+) (\d+) 0 R", resources)}
    lines = []
    for block in re.findall(rb"BT\n(.*?)ET", content, re.DOTALL):
        line, font = "", {}
        for name, codes in re.findall(rb"/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)> Tj", block):
            if name:
                font = fonts[name]
            line += "".join(font.get(int(codes[i : i + 4], 16), "?") for i in range(0, len(codes), 4))
        lines.append(line)
    return "\n".join(lines)


def _letters(objects: Dict[int, bytes], font: int) -> Dict[int, str]:
    table = _stream(objects[int(re.search(rb"/ToUnicode (\d+) 0 R", objects[font]).group(1))])
    letters = {}
    for first, last, many, one in re.findall(
        rb"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]{4})>\s*(?:\[([^\]]*)\]|<([0-9a-fA-F]+)>)", table
    ):
        codes = range(int(first, 16), int(last, 16) + 1)
        found = re.findall(rb"<([0-9a-fA-F]+)>", many) if many else [b"%04x" % (int(one, 16) + i) for i in range(len(codes))]
        letters.update({code: bytes.fromhex(text.decode()).decode("utf-16-be", "replace") for code, text in zip(codes, found)})
    return letters


def _stream(body: bytes) -> bytes:
    data = re.search(rb"stream\n(.*)\nendstream", body, re.DOTALL).group(1)
    return zlib.decompress(data) if b"/FlateDecode" in body else data
