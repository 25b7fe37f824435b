"""From report input to what the template prints: words, dates, amounts and drawings, all as plain JSON values."""

import json
import unicodedata
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from backend.reports import ink
from backend.reports.photos import PhotoError, printable
from backend.reports.report_input import Photo, Quotation, ReportInput, Signature

LABELS = Path(__file__).with_name("labels.json")
KEPT_CONTROLS = "\n"
DROPPED = ("Cc", "Cf", "Cs")


@dataclass(frozen=True)
class Document:
    """The JSON the template reads and the files that lie beside it."""

    data: dict[str, object]
    files: dict[str, bytes]


def labels(locale: str) -> dict[str, str]:
    """Every printed word of one language."""
    return {key: words[locale] for key, words in json.loads(LABELS.read_text("utf-8")).items()}


def document(report: ReportInput, families: list[str]) -> Document:
    """The whole document; nothing in it is ever read as template code."""
    words = labels(report.locale)
    photos, files = _photos(report.photos, words)
    prepared = asdict(report) | {
        "photos": photos,
        "labels": words,
        "fonts": families,
        "form": "patrol_report" if report.round else "service_report",
        "quotation": _quotation(report.quotation),
        "signature": _signature(report.signature),
    }
    zone = ZoneInfo(report.timezone)
    return Document({key: _shown(value, zone, key) for key, value in prepared.items()}, files)


def clean(text: str) -> str:
    """Text without invisible characters, which could hide or reorder what is read."""
    return "".join(c for c in text if c in KEPT_CONTROLS or unicodedata.category(c) not in DROPPED)


def money(amount: int, currency: str) -> str:
    """1234500 CNY as `CNY 12,345.00`."""
    sign = "-" if amount < 0 else ""
    return f"{currency} {sign}{abs(amount) // 100:,}.{abs(amount) % 100:02d}"


def moment(at: int, zone: ZoneInfo) -> str:
    """UTC milliseconds as local time to the minute."""
    return datetime.fromtimestamp(at // 1000, UTC).astimezone(zone).strftime("%Y-%m-%d %H:%M")


def _shown(value: object, zone: ZoneInfo, key: str = "") -> object:
    if isinstance(value, dict):
        return {name: _shown(inner, zone, name) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_shown(inner, zone, key) for inner in value]
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, int) and (key.endswith(("_at", "_start", "_end")) or key == "at"):
        return moment(value, zone)
    return value


def _quotation(quotation: Quotation | None) -> dict[str, object] | None:
    if quotation is None:
        return None
    amounts = [
        asdict(line) | {name: money(getattr(line, name), quotation.currency) for name in ("price", "amount")}
        for line in quotation.lines
    ]
    return asdict(quotation) | {"lines": amounts, "total": money(quotation.total, quotation.currency)}


def _signature(signature: Signature | None) -> dict[str, object] | None:
    if signature is None:
        return None
    return asdict(signature) | {"strokes": None, "drawing": ink.drawing(signature.strokes)}


def _photos(photos: tuple[Photo, ...], words: dict[str, str]) -> tuple[list[dict[str, object]], dict[str, bytes]]:
    shown, files = [], {}
    for index, photo in enumerate(photos):
        entry = asdict(photo) | {"content": None, "file": None, "problem": None}
        try:
            name = f"photo-{index}.jpg"
            content = photo.content()
            files[name] = printable(content) if content else b""
            entry |= {"file": name} if files[name] else {"problem": words["photo_missing"]}
        except PhotoError:
            entry["problem"] = words["photo_unreadable"]
        shown.append(entry)
    return shown, {name: content for name, content in files.items() if content}
