"""Loads the catalogue and the demo company with the rounds that are due, once."""

from typing import Any

from backend.catalogue.loader import load, load_company
from backend.services.accounts import set_password, user_named
from backend.services.founding import SYSTEM
from backend.services.ids import operation_id
from backend.services.parts import Parts
from backend.services.seed_company import Company, Values, accounts, demo_id
from backend.services.watch import look_at
from backend.store.sql import Sql
from sync.clock import format_time
from sync.errors import Fault
from sync.exchange import submit
from sync.operations import OperationMaker
from sync.push import APPLIED


class Alone:
    """Leads as long as nobody else is there: a company is made before its scheduler starts."""

    def guard(self) -> None:
        """Nobody could have taken over."""

    def fence(self, sql: Sql) -> None:
        """Nobody could have noted anything."""

    def rest(self) -> None:
        """Nobody waits for his turn to write."""


def seed(parts: Parts) -> list[dict[str, Any]]:
    """The demo accounts, after making what is not there yet."""
    company = load_company()
    known = list(accounts(company))
    if not _is_there(parts, demo_id(f"branch {company['branch']['code']}")):
        _write_company(parts, company)
    for one in known:
        _let_in(parts, one["username"], one["password"])
    return known


def _write_company(parts: Parts, company: Values) -> None:
    """All records in one transaction: a start that is cut short leaves none. Their first rounds follow."""
    now = parts.now()
    maker = OperationMaker(SYSTEM.user, format_time(now), parts.engine.trade.schema, lambda: operation_id(parts.random))
    demo = Company(company, load(), maker, now)
    refused = [one for one in submit(parts.engine, SYSTEM, demo.build(), now) if one.verdict != APPLIED]
    if refused:
        raise Fault("internal", {"code": refused[0].code, **refused[0].detail})
    look_at(parts, demo.plans, Alone())


def _is_there(parts: Parts, record: str) -> bool:
    with parts.engine.store.read() as reader:
        return bool(reader.rows([record]))


def _let_in(parts: Parts, username: str, password: str) -> None:
    try:
        user_named(parts, username)
    except Fault:
        set_password(parts, demo_id(f"user {username}"), password)
