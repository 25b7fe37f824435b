"""Callbacks as they are made: what an attempt may say, and what becomes of its callback."""

from collections.abc import Mapping
from typing import Any

from backend.domain import callback_window
from sync.errors import InvalidValue, Refused
from sync.trade import Draft, Family

Data = Mapping[str, Any]

YES_NO = ("yes", "no")


def callback_state(family: Family) -> dict[str, object]:
    """Fields of a callback that follow from its attempts, the last one that reached somebody deciding."""
    attempts = [one.data for one in family.of("callback_attempt")]
    answered = [one for one in attempts if one["outcome"] not in callback_window.UNANSWERED]
    if answered:
        last = answered[-1]
        return {"state": "done", "outcome": last["outcome"], "score": last.get("score"), "next_attempt_at": None}
    if not attempts:
        return {}
    if sum(one["outcome"] == "unreachable" for one in attempts) >= callback_window.ATTEMPTS:
        return {"state": "unreached", "outcome": "unreachable", "next_attempt_at": None}
    return {"outcome": attempts[-1]["outcome"], "next_attempt_at": attempts[-1].get("again_at")}


def check(draft: Draft, family: Family) -> None:
    """Made by somebody who did not do the job, while the callback is due, with answers to what it asks."""
    callback: Data = family.root.data if family.root else {}
    if not callback_window.may_call(draft.user.id, callback.get("workers") or ()):
        raise Refused("own_job")
    if callback.get("state") != "due":
        raise Refused("wrong_state", {"state": callback.get("state"), "name": "call"})
    asked = {one["id"]: one["kind"] for one in callback.get("questions") or ()}
    answers: list[Data] = draft.data.get("answers") or []  # type: ignore[assignment]
    for one in answers:
        if one["question"] not in asked:
            raise InvalidValue("unknown_question", field="answers")
        if not _fits(asked[one["question"]], one):
            raise InvalidValue("wrong_answer", field="answers", question=one["question"])


def _fits(kind: str, answer: Data) -> bool:
    """A score is a number, a yes or no one of two words, anything else what was said."""
    if kind == "score":
        return answer["score"] is not None and answer["text"] is None
    return answer["score"] is None and (kind != "yes_no" or answer["text"] in YES_NO)


def derived(draft: Draft) -> dict[str, object]:
    """A new callback is due."""
    return {"state": "due"} if draft.record is None else {}
