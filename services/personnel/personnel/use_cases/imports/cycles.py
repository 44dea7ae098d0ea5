"""Cycles that links of a file would close on another day than today: in the past, or with what is planned."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from chassis.jobs import Job
from chassis.unit_of_work import Transaction
from personnel.domain.records import Cause, Source, SuperiorRecord
from personnel.domain.reporting_lines import Line, differing_days, find_cycle, line_of
from personnel.domain.windows import Window
from personnel.persistence.agencies import today
from personnel.persistence.import_superiors import DatedLink, changed_links, superiors_change_after
from personnel.persistence.reporting_lines import superiors_upward

STAYS = "Pegawai tetap diimpor; hanya tautan ke atasan ini yang tidak dipasang."


def find_circular_links(tx: Transaction, job: Job, cause: Cause) -> list[int]:
    """Name the links that close a cycle on some day, each with the day; return the numbers of their rows.

    Today's cycles were broken before. Of the links of a cycle of another day the last row stays out.
    """
    day = today(tx)
    links = {one.employee_id: one for one in changed_links(tx, job.id, day, cause)}
    if not links or not superiors_change_after(tx, min(one.since for one in links.values())):
        return []
    named = {one.superior_id for one in links.values() if one.superior_id is not None}
    before = superiors_upward(tx, {*links, *named})
    after = {one: [*before.get(one, ()), _record(tx, job, link, day, cause)] for one, link in links.items()}
    lines = {one: line_of(records) for one, records in {**before, **after}.items()}
    return _refused(job, links, {one: line_of(before.get(one, ())) for one in links}, lines)


def _refused(
    job: Job, links: Mapping[UUID, DatedLink], befores: Mapping[UUID, Line], lines: dict[UUID, Line]
) -> list[int]:
    """Take one link after the other out of `lines` until no cycle is left that one of them closes.

    Who keeps the former superior may by that come to stand under somebody who was tested before: all are tested again.
    """
    standing, tested = dict(links), 0
    refused: list[int] = []

    def changed(one: UUID) -> list[Window]:
        return differing_days(befores[one], lines[one], links[one].since)

    while tested < len(standing):
        tested = 0
        for person in list(standing):
            cycle = find_cycle(lines, person, changed(person))
            if cycle is None:
                tested += 1
                continue
            # not by the file, but by a plan, may another of them have the superior of that day
            closing = [one for one in cycle.people if one in standing and _holds_on(changed(one), cycle.day)]
            last = max(closing, key=lambda one: links[one].row_number)
            rows = ", ".join(str(links[one].row_number) for one in closing)
            link, lines[last] = standing.pop(last), befores[last]
            refused.append(link.row_number)
            expected = f"Atasan saling melingkar pada {cycle.day} (baris {rows}); perbaiki salah satunya. {STAYS}"
            job.issue(link.row_number, "nip_atasan", link.superior_nip, "superior_cycle", expected)
            tested = 0
            break
    return refused


def _holds_on(windows: Sequence[Window], day: date) -> bool:
    return any(one.shared_with(Window(day, day)) for one in windows)


def _record(tx: Transaction, job: Job, link: DatedLink, day: date, cause: Cause) -> SuperiorRecord:
    return SuperiorRecord(
        employee_id=link.employee_id,
        superior_id=link.superior_id,
        effective_from=link.since,
        recorded_on=day,
        replaces_later=True,
        recorded_at=tx.now,
        recorded_by=job.created_by,
        source=Source.IMPORT,
        cause=cause,
    )
