"""Who stands above whom, asked of the directory step by step to the top."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from appraisal.domain.deciders import Lines, Standing
from chassis.unit_of_work import Transaction
from directory.answers import Superior
from directory.questions import left_on, people_on, reachable_on, superiors_on


def load_lines(tx: Transaction, people: Iterable[UUID], day: date) -> Lines:
    """Return the lines above these people on a day: one question for each step up, for all of them at once."""
    superiors: dict[UUID, Superior | None] = {}
    missing: dict[UUID, UUID] = {}
    asked = set(people)
    while asked:
        found = superiors_on(tx, asked, day)
        # an official from outside is nobody's subordinate, and not known as an employee
        others = {one for one, who in found.unknown.items() if one == who}
        outside = (reachable_on(tx, others, day) | left_on(tx, others, day)) if others else frozenset()
        superiors |= dict(found.known) | dict.fromkeys(outside)
        missing |= {one: who for one, who in found.unknown.items() if one not in outside}
        named = {official for one in found.known.values() if one for official in (one.holder_id, one.superior_id)}
        asked = named - superiors.keys() - missing.keys()
    return Lines(superiors, missing)


def load_standing(tx: Transaction, official: UUID, appraiser_id: UUID, day: date) -> Standing:
    """Return what is known on a day of somebody who may decide on the rating of an appraiser."""
    posts = people_on(tx, [official, appraiser_id], day)
    outside = reachable_on(tx, posts.unknown, day) if posts.unknown else frozenset()
    return Standing(load_lines(tx, {official, appraiser_id}, day), posts.known, outside)
