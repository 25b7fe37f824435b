"""Reads the catalogue; a mistake is reported with file, line and key."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from backend.catalogue.day_lists import day_lists
from backend.catalogue.document import Document, Values, plain, read
from backend.domain.deadline import MINUTES, ROUND_THE_CLOCK, STOPS
from backend.domain.service_policy import blank
from backend.schemas.records.calendar import WorkCalendar
from backend.schemas.records.callback import QuestionTemplate
from backend.schemas.records.catalogue import ChecklistTemplate, Part, PriceList, ServicePolicy

FOLDER = Path(__file__).parent
UNITS = {"min": (1, "min"), "h": (60, "min"), "wd": (1, "wd"), "d": (1, "d"), "mo": (1, "mo")}
ITEM_DEFAULTS = {"required": True, "critical": False, "photo_on_fail": True}


@dataclass(frozen=True)
class Catalogue:
    """Field values of every ready-made record; parts and price lines name parts by their code."""

    policies: tuple[Values, ...]
    checklists: tuple[Values, ...]
    price_lists: tuple[Values, ...]
    parts: tuple[Values, ...]
    questions: tuple[Values, ...]
    calendars: tuple[Values, ...]


def load(folder: Path = FOLDER) -> Catalogue:
    """The whole catalogue, checked."""
    return Catalogue(
        tuple(load_policies(folder / "policies")),
        tuple(load_checklist(file) for file in _files(folder / "checklists")),
        tuple(load_price_list(file) for file in _files(folder / "price_lists")),
        tuple(load_parts(folder / "parts.yaml")),
        tuple(load_questions(file) for file in _files(folder / "callbacks")),
        tuple(load_calendar(file) for file in _files(folder / "calendars")),
    )


def load_policies(folder: Path) -> Iterator[Values]:
    """Policies with what they extend filled in: own timers replace inherited ones of the same name."""
    documents = {str(document.node["key"]): document for document in map(read, _files(folder))}
    for document in documents.values():
        values = plain(_inherited(document, documents))
        calendar = values.get("calendar", ROUND_THE_CLOCK)
        timers = [_timer(document, index, timer, calendar) for index, timer in enumerate(values["timers"])]
        active = blank({**values, "timers": timers}) is None
        policy = document.checked({**values, "timers": timers, "active": active}, ServicePolicy)
        _demand_day(document, "valid_from", policy.get("valid_from"))
        yield policy


def load_checklist(file: Path) -> Values:
    """One checklist template; items are required and ask for a photo when they fail unless they say otherwise."""
    document = read(file)
    values = plain(document.node)
    values["items"] = [{**ITEM_DEFAULTS, **item} for item in values["items"]]
    return document.checked(values, ChecklistTemplate)


def load_questions(file: Path) -> Values:
    """The questions of one kind of callback."""
    document = read(file)
    return document.checked(plain(document.node), QuestionTemplate)


def load_calendar(file: Path) -> Values:
    """A work calendar with the day lists that are published for its country."""
    document = read(file)
    values = plain(document.node)
    years = range(values.pop("first_year"), values.pop("last_year") + 1)
    lists = day_lists(values.pop("country"), years)
    days = {"holidays": [str(day) for day in lists.holidays], "workdays": [str(day) for day in lists.workdays]}
    return document.checked({**values, **days, "years": list(lists.years)}, WorkCalendar)


def load_price_list(file: Path) -> Values:
    """One price list; its part lines still name parts by code."""
    document = read(file)
    values = plain(document.node)
    codes = [line.pop("part", None) for line in values["lines"]]
    checked = document.checked(values, PriceList)
    for line, code in zip(checked["lines"], codes, strict=True):
        line["part"] = code
    return checked


def load_parts(file: Path) -> Iterator[Values]:
    """The parts of the catalogue."""
    for part in read(file).node["parts"]:
        yield Document(file, part).checked(plain(part), Part)


def load_company(folder: Path = FOLDER) -> Values:
    """The demo company as written."""
    company: Values = plain(read(folder / "demo" / "company.yaml").node)
    return company


def _inherited(document: Document, documents: Mapping[str, Document], heirs: tuple[str, ...] = ()) -> Values:
    own = {key: value for key, value in document.node.items() if key != "extends"}
    extends = document.node.get("extends")
    if extends is None:
        return own
    if extends not in documents:
        raise document.error("extends", f"there is no policy {extends}")
    key = str(document.node["key"])
    if extends in (*heirs, key):
        raise document.error("extends", "a policy extends itself: " + " -> ".join((*heirs, key, extends)))
    parent = _inherited(documents[extends], documents, (*heirs, key))
    named = {timer["name"] for timer in own.get("timers", [])}
    timers = [timer for timer in parent["timers"] if timer["name"] not in named]
    settings = {**parent.get("settings", {}), **own.get("settings", {})}
    parent.pop("valid_from", None)
    return {**parent, **own, "timers": [*own.get("timers", []), *timers], "settings": settings}


def _timer(document: Document, index: int, timer: Values, calendar: str) -> Values:
    """`limit: 4h` as 240 minutes; a limit that says `null` is still to be filled in."""
    known = {"calendar": calendar, "stop": STOPS.get(timer["name"]), **timer}
    if "limit" in timer and timer["limit"] is None:
        return {**known, "unit": timer.get("unit", MINUTES)}
    found = re.fullmatch(r"([0-9]+)(min|h|wd|d|mo)", str(timer.get("limit")))
    if not found:
        raise document.error("timers", "limit is not a duration such as 30min, 4h, 3wd, 7d or 1mo", index)
    factor, unit = UNITS[found[2]]
    return {**known, "limit": int(found[1]) * factor, "unit": unit}


def _demand_day(document: Document, key: str, day: str | None) -> None:
    """The pattern of a day lets 30 February through."""
    if day is None:
        return
    try:
        date.fromisoformat(day)
    except ValueError as invalid:
        raise document.error(key, "there is no such day") from invalid


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yaml"))
