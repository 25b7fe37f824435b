"""Planted bugs, by name: a campaign that cannot find them proves nothing when it finds nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import partial

from tests.simulation import planted_device as device
from tests.simulation import planted_history as history
from tests.simulation import planted_server as server
from tests.simulation.device import Device
from tests.simulation.events import Schedule, generate
from tests.simulation.oracle import Violation
from tests.simulation.server import CoreServer
from tests.simulation.stage import Stage

MOST_SEEDS = 1_000

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
WORDS_ASK = (
    "A device keeps bytes until the words that name them are in a backup as well, so the server can ask for whatever it"
    " lost. The commit of the arrival is a second lock."
)
SENT_BEFORE_RESTORE = (
    "Such an answer was asked for before the restore by a device that does not know of it either: it is an honest page"
    " of the old history, and the next exchange resets the device. Any other one fails the test of the latest request."
)


@dataclass(frozen=True)
class Mutant:
    """One planted bug: a replaced function of the core, a server or a device that reads a rule differently.

    `rule`: the rule of the protocol whose plainer reading this is; `late`: a late seed that is known to catch it.
    """

    name: str
    core: Callable[[], AbstractContextManager[None]] = nullcontext
    device: type[Device] = Device
    server: type[CoreServer] = CoreServer
    explained: str = ""
    rule: str = ""
    late: int | None = None


@dataclass(frozen=True)
class Hunt:
    """How a hunt for one mutant ended: with a seed, or after `seeds` that did not catch it."""

    name: str
    seed: int | None
    promise: str
    explained: str
    rule: str = ""
    seeds: int = 0


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
    Mutant("answer writes confirmed state", device=device.AnswerWritesConfirmedState, rule="3"),
    Mutant("ids from a counter", device=device.IdsFromACounter),
    Mutant("overlay dropped amid pages", device=device.OverlayDroppedAmidPages, rule="3"),
    Mutant("overlay dropped with the answer", device=device.OverlayDroppedWithTheAnswer, rule="3"),
    Mutant("through is the last row sent", server.through_is_the_last_row_sent, rule="3"),
    Mutant("entered ignored", device=device.EnteredIgnored, rule="14"),
    Mutant("left as events", server.left_as_events, rule="13"),
    Mutant("left remembered as sent", server.left_remembered_as_sent, rule="13"),
    Mutant(
        "left only if visible at the position",
        server.left_only_if_visible_at_the_position,
        explained=NAMED_WHEN_ENTERING,
        rule="13",
    ),
    Mutant(
        "left only if visible at the position, nor when entering later",
        server.left_only_if_visible_at_the_position_and_not_when_entering_later,
        rule="13",
        late=408,
    ),
    Mutant("entering with the last stay", server.entering_with_the_last_stay),
    Mutant("left never named", server.left_never_named),
    Mutant("left ignored", device=device.LeftIgnored),
    Mutant("left takes pending work along", device=device.LeftAtOnce, rule="13"),
    Mutant(
        "entering on a later page not named", server.entering_on_a_later_page_not_named, explained=ONLY_BETWEEN_PAGES
    ),
    Mutant("any own request's answer believed", device=device.LateAnswerBelieved, rule="2"),
    Mutant("cursor not compared", device=device.CursorNotCompared, explained=LATEST_REQUEST_GUARDS, rule="2"),
    Mutant("whatever parses is believed", device=device.UnknownAnswersBelieved),
    Mutant("cursor saved before rows", device=device.CursorSavedBeforeRows),
    Mutant("held on a gap in n", server.held_on_a_gap, rule="n"),
    Mutant("groups split on the way", server.groups_without_a_size, device.GroupsSplit, rule="6"),
    Mutant("group members have their own fate", server.group_members_have_their_own_fate),
    Mutant("no dependency parking", server.no_dependency_parking, rule="8"),
    Mutant("page read before judging", server.page_read_before_judging, rule="4"),
    Mutant(
        "page read before judging, overlay left with any last page",
        server.page_read_before_judging,
        device.OverlayLeftWithTheLastPage,
        rule="4",
    ),
    Mutant("verdicts stored after the rows", server=server.VerdictsStoredLater),
    Mutant("every field may be written", server.every_field_may_be_written),
    Mutant("nobody asks who may see", server.nobody_asks_who_may_see),
    Mutant("approved orders stay with their crew", server.approved_orders_stay),
    Mutant("late facts wait", server.late_facts_wait, rule="12"),
    Mutant("late edits are applied", server.late_edits_are_applied),
    Mutant("late facts of whoever had it once", server.late_facts_of_whoever_had_it_once, rule="12"),
    Mutant("late facts judged by the cursor", server.late_facts_judged_by_the_cursor, rule="12"),
    Mutant("families settled apart", server.families_settled_apart),
    Mutant("conflicts settled on an old view", server.conflicts_settled_on_an_old_view),
    Mutant("bytes go with the root", device=device.BytesGoWithTheRoot, rule="13"),
    Mutant("bytes forgotten when sent", device=device.BytesForgottenWhenSent),
    Mutant("bytes not checked", server=server.BytesNotChecked),
    Mutant("restore without a new epoch", history.cursors_never_checked, server=history.RestoredUnnoticed, rule="15"),
    Mutant("operations judged amid a reset", history.judged_amid_a_reset, rule="15"),
    Mutant("overlay kept across histories", device=device.OverlayKeptAcrossHistories, rule="15"),
    Mutant("archive never sent again", device=device.ArchiveNeverSentAgain),
    Mutant("snapshot cursor saved early", device=device.SnapshotCursorSavedEarly, rule="15"),
    Mutant("swap drops pending work", device=device.SwapDropsPendingWork, rule="15"),
    Mutant("wiped before the snapshot", device=device.WipedFirst),
    Mutant("bytes forgotten when received", device=device.BytesForgottenWhenReceived, rule="4 photos"),
    Mutant("answer of another history believed", device=device.OtherHistoryBelieved, explained=SENT_BEFORE_RESTORE),
    Mutant("only a cursor ahead shows a restore", history.only_a_cursor_ahead_is_noticed, rule="15"),
    Mutant("cursor proves its position only", history.cursors_prove_their_position_only, rule="15"),
    Mutant(
        "snapshot verdicts kept without its cursor",
        device=device.SnapshotVerdictsKept,
        rule="15",
        late=889,
    ),
    Mutant("offered again after newer work", device=device.OfferedAgainLast, rule="15", late=262),
    Mutant("horizon ignored", history.the_horizon_is_no_reason_to_start_anew),
    Mutant(
        "bytes before their words are no commit", history.bytes_before_their_words_are_no_commit, explained=WORDS_ASK
    ),
    Mutant("bytes kept up to the last answer's position", device=device.BytesKeptUpToTheLastAnswer),
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


def hunt(mutant: Mutant, stage: Stage, steps: int, failing: Collection[int] = (), seeds: int = MOST_SEEDS) -> Hunt:
    """Play fresh seeds from 0 on until one catches the mutant; schedules kept from earlier failures do not help.

    Left out are those `failing` without it.
    """
    found = first_catch(partial(broken_by, mutant, stage), steps, failing, seeds)
    if found is None:
        return Hunt(mutant.name, None, "", mutant.explained, mutant.rule, seeds)
    return Hunt(mutant.name, *found, "", mutant.rule)


def first_catch(
    broken: Callable[[Schedule], Violation | None], steps: int, failing: Collection[int], seeds: int
) -> tuple[int, str] | None:
    """The first of so many fresh seeds whose schedule finds a promise `broken`, and which promise it was."""
    for seed in (one for one in range(seeds) if one not in failing):
        if violation := broken(generate(seed, steps)):
            return seed, f"{violation.figure}: {violation.promise}"
    return None
