"""Who may be one of the two: a person, in no matter of their own, and in none of their own line."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from approvals.errors import AccountOfNobody, ActionInOwnLine
from approvals.proposal import Officer
from chassis.auth import Principal, need_other
from chassis.clock import today_in
from chassis.unit_of_work import Transaction
from directory.answers import NotKnownYet
from directory.questions import superiors_on, today

DEFAULT_ZONE = "Asia/Jakarta"
# Ministries have eight levels; a ring in wrong data must not turn for ever.
MOST_LEVELS = 30


def officer_of(actor: Principal) -> Officer:
    """Return the caller as one of the two. Raise AccountOfNobody: whose matter would be that account's own?"""
    if actor.employee_id is None:
        raise AccountOfNobody
    return Officer(actor.account_id, actor.employee_id)


def require_officer(tx: Transaction, actor: Principal, concerned: Iterable[UUID]) -> Officer:
    """Return who proposes or decides an action about these people.

    Raise AccountOfNobody, OwnAffair, or ActionInOwnLine for what is about one's direct superior or anybody below one,
    at whatever depth.
    """
    officer = officer_of(actor)
    people = frozenset(concerned)
    for one in people:
        need_other(actor, one)
    if of_line(tx, officer.person_id, people):
        raise ActionInOwnLine
    return officer


def of_line(tx: Transaction, person: UUID, people: Collection[UUID]) -> set[UUID]:
    """Return those of these people who are the person's direct superior, or below the person at whatever depth."""
    if not people:
        return set()
    own = _superiors(tx, {person}).get(person, set())
    above = _above(tx, people)
    below = {person}
    for _ in range(MOST_LEVELS):
        further = {one for one, superiors in above.items() if not below.isdisjoint(superiors)} - below
        if not further:
            break
        below |= further
    return set(people) & (own | below - {person})


def _above(tx: Transaction, people: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """Return the direct superiors of these people and of everybody above them, up to the top."""
    found: dict[UUID, set[UUID]] = {}
    level = set(people)
    for _ in range(MOST_LEVELS):
        if not level:
            break
        found |= {one: set() for one in level} | _superiors(tx, level)
        level = {one for person in level for one in found[person]} - found.keys()
    return found


def _superiors(tx: Transaction, people: set[UUID]) -> dict[UUID, set[UUID]]:
    """Return the superiors of people, with who stands in and in whose place; of those not known here none."""
    known = superiors_on(tx, people, _today(tx)).known
    return {person: {one.superior_id, one.holder_id} for person, one in known.items() if one is not None}


def _today(tx: Transaction) -> date:
    try:
        return today(tx)
    except NotKnownYet:
        return today_in(tx.now, DEFAULT_ZONE)
