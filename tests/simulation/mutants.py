"""Planted bugs, by name: a campaign that cannot find them proves nothing when it finds nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace

from tests.simulation import planted_device as device
from tests.simulation import planted_server as server
from tests.simulation.device import Device
from tests.simulation.events import Schedule, generate
from tests.simulation.oracle import Violation
from tests.simulation.server import CoreServer
from tests.simulation.stage import Stage

MOST_SEEDS = 1_000

TOMBSTONES_TRAVEL = (
    "A removed child stays a row and travels with its root when the root comes back, so what a device wrongly kept is"
    " overwritten by its tombstone. The rule guards the day when old tombstones are pruned."
)
ONLY_BETWEEN_PAGES = (
    "The device wrongly keeps a root between two pages and shows nothing of it before the last one, which brings the"
    " root whole. The rule serves the judging of late facts by what the author held; no schedule has met that yet."
)
NAMED_WHEN_ENTERING = (
    "A root that comes back after a page was cut is named in left on that page already, and a root that both came and"
    " went since the position was never delivered. Together with the next bug it is caught."
)
LATEST_REQUEST_GUARDS = (
    "A device forgets its latest request when it takes any answer, so its cursor cannot have moved under an answer"
    " that is still believed. The comparison is a second lock for two tabs that share one store."
)
SENT_BEFORE_RESTORE = (
    "Such an answer was asked for before the restore by a device that does not know of it either: it is an honest page"
    " of the old history, and the next exchange resets the device. Any other one fails the test of the latest request."
)


@dataclass(frozen=True)
class Mutant:
    """One planted bug: a replaced function of the core, a server or a device that reads a rule differently."""

    name: str
    core: Callable[[], AbstractContextManager[None]] = nullcontext
    device: type[Device] = Device
    server: type[CoreServer] = CoreServer
    explained: str = ""


@dataclass(frozen=True)
class Hunt:
    """How a hunt for one mutant ended; `seed` is None if nobody caught it."""

    name: str
    seed: int | None
    promise: str
    explained: str


MUTANTS = (
    Mutant("no server dedupe", server.no_dedupe),
    Mutant("outbox cleared on send", device=device.OutboxClearedOnSend),
    Mutant("answer before commit", server=server.AnswersBeforeCommit),
    Mutant("cursor steps over a late commit", server.cursor_steps_over_a_late_commit),
    Mutant("any HTTP 200 is an answer", device=device.AnyStatus200IsAnAnswer),
    Mutant("answer clears newer edits too", device=device.AnswerClearsNewerEdits),
    Mutant("pull not filtered by scope", server.everything_for_everyone),
    Mutant("pull overwrites a pending edit", device=device.PullOverwritesPendingEdit),
    Mutant("same id, other content ignored", server.id_alone_is_the_key),
    Mutant("loser of a conflict dropped", server.loser_dropped),
    Mutant("last writer wins", server.last_writer_wins),
    Mutant("new id on each retry", device=device.NewIdOnEachRetry),
    Mutant("answer writes confirmed state", device=device.AnswerWritesConfirmedState),
    Mutant("ids from a counter", device=device.IdsFromACounter),
    Mutant("overlay dropped amid pages", device=device.OverlayDroppedAmidPages),
    Mutant("overlay dropped with the answer", device=device.OverlayDroppedWithTheAnswer),
    Mutant("through is the last row sent", server.through_is_the_last_row_sent),
    Mutant("entered ignored", device=device.EnteredIgnored, explained=TOMBSTONES_TRAVEL),
    Mutant("left as events", server.left_as_events),
    Mutant("left remembered as sent", server.left_remembered_as_sent),
    Mutant(
        "left only if visible at the position",
        server.left_only_if_visible_at_the_position,
        explained=NAMED_WHEN_ENTERING,
    ),
    Mutant(
        "left only if visible at the position, nor when entering later",
        server.left_only_if_visible_at_the_position_and_not_when_entering_later,
    ),
    Mutant("entering with the last stay", server.entering_with_the_last_stay),
    Mutant("left never named", server.left_never_named),
    Mutant("left ignored", device=device.LeftIgnored),
    Mutant("left takes pending work along", device=device.LeftAtOnce),
    Mutant(
        "entering on a later page not named", server.entering_on_a_later_page_not_named, explained=ONLY_BETWEEN_PAGES
    ),
    Mutant("any own request's answer believed", device=device.LateAnswerBelieved),
    Mutant("cursor not compared", device=device.CursorNotCompared, explained=LATEST_REQUEST_GUARDS),
    Mutant("whatever parses is believed", device=device.UnknownAnswersBelieved),
    Mutant("cursor saved before rows", device=device.CursorSavedBeforeRows),
    Mutant("held on a gap in n", server.held_on_a_gap),
    Mutant("groups split on the way", server.groups_without_a_size, device.GroupsSplit),
    Mutant("group members have their own fate", server.group_members_have_their_own_fate),
    Mutant("no dependency parking", server.no_dependency_parking),
    Mutant(
        "page read before judging, overlay left with any last page",
        server.page_read_before_judging,
        device.OverlayLeftWithTheLastPage,
    ),
    Mutant("verdicts stored after the rows", server=server.VerdictsStoredLater),
    Mutant("every field may be written", server.every_field_may_be_written),
    Mutant("nobody asks who may see", server.nobody_asks_who_may_see),
    Mutant("late facts wait", server.late_facts_wait),
    Mutant("late edits are applied", server.late_edits_are_applied),
    Mutant("late facts of whoever had it once", server.late_facts_of_whoever_had_it_once),
    Mutant("late facts judged by the cursor", server.late_facts_judged_by_the_cursor),
    Mutant("conflicts settled on an old view", server.conflicts_settled_on_an_old_view),
    Mutant("bytes go with the root", device=device.BytesGoWithTheRoot),
    Mutant("bytes forgotten when sent", device=device.BytesForgottenWhenSent),
    Mutant("bytes not checked", server=server.BytesNotChecked),
    Mutant("restore without a new epoch", server.cursors_never_checked, server=server.RestoredUnnoticed),
    Mutant("operations judged amid a reset", server.judged_amid_a_reset),
    Mutant("overlay kept across histories", device=device.OverlayKeptAcrossHistories),
    Mutant("archive never sent again", device=device.ArchiveNeverSentAgain),
    Mutant("snapshot cursor saved early", device=device.SnapshotCursorSavedEarly),
    Mutant("swap drops pending work", device=device.SwapDropsPendingWork),
    Mutant("wiped before the snapshot", device=device.WipedFirst),
    Mutant("bytes forgotten when received", device=device.BytesForgottenWhenReceived),
    Mutant("answer of another history believed", device=device.OtherHistoryBelieved, explained=SENT_BEFORE_RESTORE),
    Mutant("refused envelope drops everything", device=device.RefusedEnvelopeDropsEverything),
    Mutant("refused envelope blocks", device=device.RefusedEnvelopeBlocks),
)


def broken_by(mutant: Mutant, stage: Stage, schedule: Schedule) -> Violation | None:
    """The promise this schedule sees broken when the bug is planted."""
    parts = replace(
        stage.parts(), device=mutant.device, server=lambda seed: mutant.server(seed, stage.trade, stage.store)
    )
    try:
        with mutant.core():
            stage.play(schedule, parts)
    except Violation as violation:
        return violation
    except (LookupError, TypeError, ValueError):
        return None  # the planted bug made the simulator itself stumble, which catches nothing
    return None


def hunt(mutant: Mutant, stage: Stage, steps: int, seeds: int = MOST_SEEDS) -> Hunt:
    """Play seeds from 0 on until one catches the mutant."""
    for seed in range(seeds):
        violation = broken_by(mutant, stage, generate(seed, steps))
        if violation:
            return Hunt(mutant.name, seed, f"{violation.figure}: {violation.promise}", "")
    return Hunt(mutant.name, None, "", mutant.explained)
