"""Erasing a person on request, for administrators."""

from typing import Any

import structlog

from backend.api.access import caller, parts
from backend.api.blueprint import Blueprint
from backend.api.bodies import ErasureFact, ErasureHit, ErasureOrder, ErasurePlan, RecordIds, SearchText
from backend.services import erasure
from sync.erasure import Plan

erasures = Blueprint("erasures", __name__, url_prefix="/api/v1/erasures", description="Erasing a person on request")


@erasures.get("")
@erasures.response(200, ErasureFact(many=True))
def every() -> list[dict[str, Any]]:
    """Every erasure, newest first: who, when, why, and how much went."""
    caller("admin")
    return [_fact(one) for one in reversed(erasure.journal(parts()).entries())]


@erasures.post("/search")
@erasures.arguments(SearchText)
@erasures.response(200, ErasureHit(many=True))
def search(body: dict[str, str]) -> list[erasure.Found]:
    """Records in which a text stands."""
    who = caller("admin")
    structlog.get_logger().info("erasure_searched", by=who.id)
    return erasure.find(parts(), body["text"])


@erasures.post("/preview")
@erasures.arguments(RecordIds)
@erasures.response(200, ErasurePlan)
def preview(body: dict[str, list[str]]) -> dict[str, Any]:
    """What erasing these records takes away; nothing is changed."""
    caller("admin")
    return _amounts(erasure.preview(parts(), body["records"]))


@erasures.post("")
@erasures.arguments(ErasureOrder)
@erasures.response(200, ErasureFact)
def erase(body: dict[str, Any]) -> dict[str, Any]:
    """Erase these records for ever, with everything that quotes them."""
    who = caller("admin")
    return _fact(erasure.erase(parts(), who.session, body["records"], body["reason"]))


def _amounts(plan: Plan) -> dict[str, Any]:
    records = [{"id": one.id, "type": one.type} for one in plan.records]
    return {"records": records, "operations": len(plan.operations), "blobs": len(plan.blobs)}


def _fact(one: erasure.Erasure) -> dict[str, Any]:
    told = {"id": one.id, "at": one.at, "by": one.by, "reason": one.reason, "records": one.records}
    return {**told, "operations": len(one.operations), "blobs": len(one.blobs)}
