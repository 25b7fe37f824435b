"""The report of an order as a PDF: of a repair with quotation and acceptance, of a patrol with all its machines.

The caller gathers a `ReportInput` (see report_input.py) and gets bytes; nothing here reads a clock, a database or the
network. All text travels to the template as JSON data, so a customer's `#` or `$` is only ever a character.
"""

import json
import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import typst

from backend.reports import fonts
from backend.reports.document import Document, document
from backend.reports.report_input import ReportInput

TEMPLATE = Path(__file__).parent / "template"
Standard = Literal["a-2b"]
UNPRINTABLE = re.compile(r'the text `"(.+?)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def render(report: ReportInput) -> bytes:
    """PDF/A-2b; where a character is in no installed font, a plain PDF that says so and spells the character's code."""
    pages = document(report, fonts.families())
    try:
        return _compiled(pages, report.generated_at, "a-2b")
    except typst.TypstError as error:
        return _compiled(_spelled(pages, _unprintable(error)), report.generated_at, None)


def _compiled(pages: Document, generated_at: int, standard: Standard | None) -> bytes:
    with TemporaryDirectory(prefix="huizhi-report-") as folder:
        root = Path(folder)
        shutil.copytree(TEMPLATE, root, dirs_exist_ok=True)
        (root / "data.json").write_text(json.dumps(pages.data, ensure_ascii=False), "utf-8")
        for name, content in pages.files.items():
            (root / name).write_bytes(content)
        return typst.compile(
            str(root / f"{pages.data['form']}.typ"),
            root=folder,
            font_paths=fonts.available(),
            format="pdf",
            pdf_standards=standard,
            timestamp=generated_at // 1000,
        )


def _unprintable(error: typst.TypstError) -> set[str]:
    clusters = UNPRINTABLE.findall(error.diagnostic)
    return {char for cluster in clusters for char in ESCAPED.sub(lambda code: chr(int(code[1], 16)), cluster)}


def _spelled(pages: Document, unprintable: set[str]) -> Document:
    codes = str.maketrans({char: f"[U+{ord(char):04X}]" for char in unprintable})
    return Document(
        {key: _translated(value, codes) for key, value in pages.data.items()} | {"plain": True}, pages.files
    )


def _translated(value: object, codes: dict[int, str]) -> object:
    if isinstance(value, dict):
        return {key: _translated(inner, codes) for key, inner in value.items()}
    if isinstance(value, list):
        return [_translated(inner, codes) for inner in value]
    return value.translate(codes) if isinstance(value, str) else value
