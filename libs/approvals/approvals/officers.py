"""Who may be one of the two: a person, in no matter of their own, and in none of their own line."""

from collections.abc import Iterable
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
    if people and _in_line(tx, officer.person_id, people):
        raise ActionInOwnLine
    return officer


def _in_line(tx: Transaction, person: UUID, concerned: frozenset[UUID]) -> bool:
    return not concerned.isdisjoint(_superiors(tx, {person})) or person in _above(tx, concerned)


def _above(tx: Transaction, people: frozenset[UUID]) -> set[UUID]:
    """Return all superiors of these people, up to the top."""
    found: set[UUID] = set()
    level = set(people)
    for _ in range(MOST_LEVELS):
        level = _superiors(tx, level) - found
        if not level:
            break
        found |= level
    return found


def _superiors(tx: Transaction, people: set[UUID]) -> set[UUID]:
    """Return the superiors of people, with who stands in and in whose place; of those not known here none."""
    if not people:
        return set()
    known = superiors_on(tx, people, _today(tx)).known.values()
    return {one for found in known if found is not None for one in (found.superior_id, found.holder_id)}


def _today(tx: Transaction) -> date:
    try:
        return today(tx)
    except NotKnownYet:
        return today_in(tx.now, DEFAULT_ZONE)
