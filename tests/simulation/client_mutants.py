"""Planted bugs in the app's own client: changes of its sources, each a plainer reading of one rule."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from tests.simulation.client_host import HostFailed
from tests.simulation.client_stage import ClientStage
from tests.simulation.events import Schedule
from tests.simulation.mutants import MOST_SEEDS, Hunt, first_catch
from tests.simulation.oracle import Violation
from tests.simulation.stage import Stage


def caught_by(schedule: Schedule, stage: ClientStage) -> Violation | None:
    """The promise this schedule sees broken; a bug that makes the app itself stumble is not caught by that."""
    try:
        stage.play(schedule)
    except Violation as violation:
        return violation
    except (HostFailed, BrokenPipeError, LookupError, TypeError, ValueError):
        return None
    return None


@dataclass(frozen=True)
class ClientMutant:
    """`changes`: in a file below the app's sources one text becomes another."""

    name: str
    changes: tuple[tuple[str, str, str], ...]
    explained: str = ""

    @property
    def planted(self) -> list[dict[str, str]]:
        return [{"file": file, "from": before, "to": after} for file, before, after in self.changes]

    def hunt(self, steps: int, failing: Collection[int] = (), seeds: int = MOST_SEEDS) -> Hunt:
        """Play fresh seeds from 0 on until one catches it; not those `failing` without it."""
        stage = ClientStage(Stage(), self.planted)
        try:
            found = first_catch(lambda schedule: caught_by(schedule, stage), steps, failing, seeds)
        finally:
            stage.close()
        if found is None:
            return Hunt(self.name, None, "", self.explained, seeds=seeds)
        return Hunt(self.name, *found, "")


def planted(name: str, *changes: tuple[str, str, str], explained: str = "") -> ClientMutant:
    return ClientMutant(name, changes, explained)


ONLY_WHILE_ASKING = (
    "The app listens only while a request is under way. What comes late then is an honest page after an earlier"
    " position, and the cursor moves back with it, so the same is fetched again. The reference device is caught."
)


CLIENT_MUTANTS = (
    planted(
        "overlay dropped amid pages",
        ("outbox/respond.ts", "if (!response.more)", "if (!response.more || change.tables.meta.shadow === null)"),
    ),
    planted(
        "overlay dropped with the answer",
        ("outbox/respond.ts", "change.put('overlay', {", "change.put('archive', {"),
    ),
    planted(
        "held taken for a verdict",
        (
            "outbox/respond.ts",
            "if (waiting === undefined || answer.verdict === undefined || answer.seq === undefined) return;",
            "if (waiting === undefined) return; answer = { verdict: 'applied', seq: 0, ...answer };",
        ),
    ),
    planted(
        "late answer believed",
        ("outbox/classify.ts", "response.request !== sent.request || sent.request !== latest", "false"),
        ("outbox/classify.ts", "!answersOnlyWhatWasSent(sent, response)", "false"),
        ("outbox/classify.ts", "!cursorStillSent(sent, tables) || !epochMatches(sent, response)", "false"),
        explained=ONLY_WHILE_ASKING,
    ),
    planted(
        "left takes pending work along",
        ("outbox/respond.ts", "!pendingRoots(change.tables).has(root)", "true"),
    ),
    planted(
        "left ignored",
        ("outbox/respond.ts", "for (const { root } of response.left) leave(change, root);", ""),
    ),
    planted(
        "snapshot cursor saved early",
        ("outbox/respond.ts", "shadow: { epoch, cursor }, want }", "shadow: { epoch, cursor }, want, epoch, cursor }"),
    ),
    planted(
        "archive never sent again",
        ("outbox/reset.ts", "of ['archive', 'overlay'] as", "of ['overlay'] as"),
    ),
    planted(
        "overlay kept across histories",
        ("outbox/reset.ts", "of ['archive', 'overlay'] as", "of ['archive'] as"),
    ),
    planted(
        "swap drops pending work",
        ("outbox/reset.ts", "pending.has(row.root) && ", "false && "),
    ),
    planted(
        "what is offered again writes over what waits",
        ("outbox/reset.ts", "if (change.tables.outbox.has(operation.id)) continue;", ""),
    ),
    planted(
        "archive aged by the device's clock",
        ("outbox/respond.ts", "pruneArchive(change, serverTime)", "pruneArchive(change, receivedAt)"),
    ),
    planted(
        "bytes forgotten when received",
        ("outbox/files.ts", "sweepHandedOver(change);", "sweepHandedOver(change); dropFile(change, sha256);"),
    ),
    planted(
        "groups split on the way",
        ("outbox/request.ts", "row.operation.group?.id ?? row.operation.id", "row.operation.id"),
    ),
    planted(
        "newest work first",
        ("outbox/request.ts", "a.operation.n - b.operation.n", "b.operation.n - a.operation.n"),
    ),
    planted(
        "refused envelope blocks",
        ("outbox/conclude.ts", "change: alone ? setAside(before, ids, code) : null", "change: null"),
    ),
    planted(
        "edits not replayed",
        ("outbox/replay.ts", "[field, change.to]", "[field, change.was]"),
    ),
    planted(
        "screen not told of new work",
        ("store/touched.ts", "row?.root ?? row?.operation?.root", "row?.root"),
    ),
    planted(
        "merge groups torn apart",
        ("outbox/make.ts", "together(type, field)", "[field]"),
    ),
)
