"""The one catalogue of errors: stable code, message, shape of details, retryable or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Problem:
    """One catalogue entry; `status` is the HTTP status, None for a reason that parks an operation."""

    code: str
    message: str
    detail: str = ""
    status: int | None = None
    retryable: bool = False


_PROBLEMS = (
    Problem("bad_envelope", "The request is not a valid message.", "path, reason", 400),
    Problem("missing_header", "The request lacks the header X-Huizhi.", "", 400),
    Problem("invalid_request", "The request has wrong or unknown fields.", "field: reasons", 422),
    Problem("unauthenticated", "Sign in again.", "", 401),
    Problem("forbidden", "Your role does not allow this.", "", 403),
    Problem("not_found", "There is nothing here that you may see.", "", 404),
    Problem("method_not_allowed", "This address does not take this method.", "", 405),
    Problem("offset_mismatch", "The bytes do not continue where the server stopped.", "offset", 409),
    Problem("already_exists", "This name is taken.", "field", 409),
    Problem("too_large", "The request is larger than the server takes.", "limit", 413),
    Problem("unsupported_media", "The content type or encoding is not taken.", "", 415),
    Problem("hash_mismatch", "The bytes received do not have the announced hash.", "", 422),
    Problem("short_body", "The request ended before its announced length.", "offset", 400, True),
    Problem("too_many_requests", "Too many requests; wait.", "", 429, True),
    Problem("internal", "The server failed; nothing was stored.", "", 500, True),
    Problem("busy", "The server has no room for another exchange now.", "", 503, True),
    Problem("unavailable", "The server cannot store this now.", "", 503, True),
    Problem("being_served", "A server is running on this data; stop it first.", "", 409),
    Problem("upkeep_running", "A backup, restore or erasure is running; wait for its end.", "", 409, True),
    Problem("no_backup", "The folder holds no backup that this version can read.", "folder, format", 404),
    Problem("older_backup", "Devices rely on a newer backup than this one.", "commit, safe", 409),
    Problem("damaged", "Stored data is not what was written.", "file, sha256, reason", 500),
    Problem("malformed_operation", "The operation lacks a part or has one of a wrong kind.", "path, reason"),
    Problem("not_canonical", "The operation holds a value that has no canonical form.", "reason"),
    Problem("wrong_author", "The operation names another author than the session.", ""),
    Problem("id_reused", "The id already belongs to another operation.", ""),
    Problem("unknown_type", "The server does not know this record type.", "type"),
    Problem("unknown_do", "This record type does not take this kind of change.", "do"),
    Problem("unknown_record", "There is no such record.", "record"),
    Problem("type_mismatch", "The record has another type.", "type"),
    Problem("root_mismatch", "The record belongs to another root.", "root"),
    Problem("exists", "The record was already made.", ""),
    Problem("no_access", "The record is not among those you may see.", ""),
    Problem("forbidden_field", "Your role may not write this field now.", "field, state"),
    Problem("unknown_field", "The record type has no such field.", "field"),
    Problem("invalid_value", "The value is not allowed here.", "field, reason"),
    Problem("incomplete_group", "Fields that change together must be sent together.", "group"),
    Problem("immutable", "The field never changes after it was made.", "field"),
    Problem("gone", "The record was removed.", ""),
    Problem("erased", "The personal data of this record was erased on request.", ""),
    Problem("wrong_state", "The order is in a state that does not allow this.", "state, name"),
    Problem("guard_failed", "A condition for this step is not met.", "guard, kind, target"),
    Problem("order_cancelled", "The order was cancelled meanwhile.", "state"),
    Problem("order_closed", "The order was closed meanwhile.", "state"),
    Problem("report_approved", "The report was approved meanwhile.", "state"),
    Problem("own_job", "Who did the job does not make its callback.", ""),
    Problem("handed_over", "The order was handed to somebody else meanwhile."),
    Problem("depends_on", "It builds on a change of yours that waits for a decision.", "operation"),
    Problem("group_mate", "A change that belongs together with it could not be applied.", "operation, code"),
    Problem("stale_view", "Another value arrived that was not seen when deciding.", "unseen"),
    Problem("already_resolved", "This was already decided.", ""),
    Problem("schema_unsupported", "The operation was made by an app version that is not known.", "schema"),
    Problem("internal_error", "The server could not judge the operation.", ""),
    Problem("reset", "The server's history changed; the device sends again.", ""),
)

CATALOGUE: Mapping[str, Problem] = MappingProxyType({problem.code: problem for problem in _PROBLEMS})


class Refused(Exception):
    """An operation that cannot be applied: `code` of the catalogue and details that reveal nothing foreign."""

    def __init__(self, code: str, detail: Mapping[str, object] | None = None) -> None:
        assert code in CATALOGUE, code
        super().__init__(code)
        self.code = code
        self.detail: dict[str, object] = dict(detail or {})


class InvalidValue(Refused):
    """A value that its field does not take; `reason` is a short stable word such as `too_long`."""

    def __init__(self, reason: str, **detail: object) -> None:
        super().__init__("invalid_value", {"reason": reason, **detail})


class Fault(Exception):
    """A request that fails as a whole: a catalogue entry with an HTTP status."""

    def __init__(self, code: str, detail: Mapping[str, object] | None = None) -> None:
        assert CATALOGUE[code].status is not None, code
        super().__init__(code)
        self.code = code
        self.detail: dict[str, object] = dict(detail or {})
