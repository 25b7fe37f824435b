"""The model as the app reads it: types, limits, machine, labels and errors, all from their one declaration."""

from collections.abc import Mapping

from backend.domain import callback_window, complaint, course, sla, work_order
from backend.domain.deadline import STOPS, WARNINGS
from backend.domain.guards import GUARDS
from backend.domain.trade import SCHEMA
from backend.schemas.fields import SyncField, describe
from backend.schemas.labels import LABELS, LOCALES
from backend.schemas.labels.errors import ERRORS
from backend.schemas.limits import LIMITS
from backend.schemas.records import SCHEMAS
from backend.schemas.synced import Synced, declared, record_type
from sync.errors import CATALOGUE, Problem
from sync.policy import Access, Field
from sync.protocol.version import PROTOCOL


def exported_model() -> dict[str, object]:
    """Everything the app needs to check, judge and word what its user does offline."""
    return {
        "protocol": PROTOCOL,
        "schema": SCHEMA,
        "limits": LIMITS,
        "types": {schema.rules.name: _type(schema) for schema in SCHEMAS},
        "machine": _machine(),
        "timers": _timers(),
        "callbacks": {
            "attempts": callback_window.ATTEMPTS,
            "hours_between": callback_window.HOURS_BETWEEN,
            "low_score": callback_window.LOW_SCORE,
            "unhappy": callback_window.UNHAPPY,
            "unanswered": callback_window.UNANSWERED,
        },
        "complaint": {
            "states": complaint.STATES,
            "steps": [
                {"name": one.name, "from": sorted(one.start), "to": one.to, "guards": one.guards}
                for one in complaint.STEPS
            ],
            "guards": complaint.GUARDS,
            "whole": complaint.WHOLE,
        },
        "enums": {name: {code: _words(label) for code, label in codes.items()} for name, codes in LABELS.items()},
        "errors": {code: _error(problem) for code, problem in CATALOGUE.items()},
    }


def _type(schema: type[Synced]) -> dict[str, object]:
    kind = record_type(schema)
    fields = declared(schema)
    return {
        "root": kind.is_root,
        "does": sorted(kind.does),
        "create": _access(kind.create),
        "hide": _access(kind.hide),
        "settle": _access(kind.settle),
        "blob": kind.blob,
        "additive": kind.additive,
        "fields": {name: _field(rule, fields[name]) for name, rule in kind.fields.items()},
        "patterns": {prefix: _field(rule, schema.rules.patterns[prefix]) for prefix, rule in kind.patterns.items()},
    }


def _field(rule: Field, field: SyncField) -> dict[str, object]:
    described = {**describe(field), "merge": rule.merge, "owner": rule.owner, "group": rule.group}
    return {**described, "additive": rule.additive, "write": _access(rule.write)}


def _access(access: Access) -> dict[str, object]:
    return {role: None if states is None else sorted(states) for role, states in sorted(access.states.items())}


def _machine() -> dict[str, object]:
    steps = [
        {
            "name": step.name,
            "from": sorted(step.start),
            "to": step.to,
            "by": sorted(step.by),
            "auto": step.auto,
            "guards": list(step.guards),
        }
        for step in work_order.TRANSITIONS
    ]
    return {
        "states": list(work_order.STATES),
        "ladder": list(work_order.LADDER),
        "on_site": sorted(work_order.ON_SITE),
        "held": work_order.HELD,
        "road": list(work_order.ROAD),
        "round": list(work_order.ROUND),
        "transitions": steps,
        "guards": GUARDS,
    }


def _timers() -> dict[str, object]:
    return {
        "starts": sla.STARTS,
        "met_from": sla.MET_FROM,
        "stops": STOPS,
        "visit": course.VISIT,
        "warnings": WARNINGS,
    }


def _words(label: tuple[str, str, str]) -> Mapping[str, str]:
    return dict(zip(LOCALES, label, strict=True))


def _error(problem: Problem) -> dict[str, object]:
    simplified, traditional = ERRORS[problem.code]
    return {
        "message": _words((simplified, traditional, problem.message)),
        "retryable": problem.retryable,
        "status": problem.status,
    }
