"""Who appraises and reviews whom on a day, and in which capacity; and the other way round."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import FromClause, Subquery, and_, case, not_, null, or_, select, true
from sqlalchemy.orm import aliased

from chassis.records import AnySelect
from chassis.unit_of_work import Transaction
from directory import models
from directory.answers import Answers, Capacity, Subordinate, Superior
from directory.questions.parts import (
    Official,
    answer_each,
    asked_for,
    distinct,
    holders,
    holds_on,
    in_service,
    own_capacity,
    substitution_for,
    with_answers,
)
from directory.timelines import Scope


def superior_on(tx: Transaction, employee_id: UUID, day: date) -> Superior | None:
    """Return who appraises a person on a day. Raise NotKnownYet.

    None: nobody does, or the person was not in service on that day.
    """
    return superiors_on(tx, [employee_id], day).of(employee_id)


def superiors_on(tx: Transaction, people: Iterable[UUID], day: date) -> Answers[Superior | None]:
    """Answer `superior_on` of many people."""
    return _answers(tx, _superiors_query(), people, day)


def reviewer_on(tx: Transaction, employee_id: UUID, day: date) -> Superior | None:
    """Return who reviews the appraisals of a person on a day: the superior of the superior. Raise NotKnownYet.

    None: nobody does; the superior may be external, or have no superior.
    """
    return reviewers_on(tx, [employee_id], day).of(employee_id)


def reviewers_on(tx: Transaction, people: Iterable[UUID], day: date) -> Answers[Superior | None]:
    """Answer `reviewer_on` of many people."""
    return _answers(tx, _reviewers_query(), people, day)


def _answers(tx: Transaction, query: AnySelect, people: Iterable[UUID], day: date) -> Answers[Superior | None]:
    known: dict[UUID, Superior | None] = {}
    unknown: dict[UUID, UUID] = {}
    for row in tx.session.execute(query, {"asked": distinct(people), "day": day}):
        if row.missing is not None:
            unknown[row.id] = row.missing
        elif row.holder_id is None:
            known[row.id] = None
        else:
            known[row.id] = Superior(
                superior_id=row.superior_id,
                capacity=Capacity.of(row.kind, external=row.external),
                reachable=row.reachable,
                holder_id=row.holder_id,
                holder_reachable=row.holder_reachable,
                substitution_id=row.substitution_id,
                substitution_kind=row.kind,
            )
    return Answers(known, unknown)


@cache
def _superiors_query() -> AnySelect:
    asked, person, stretch = asked_for(), models.Person, models.Stretch
    missing = case((person.employee_id.is_(None), asked.c.id))
    duty = select(asked.c.id, missing.label("missing"), stretch.superior_id.label("holder_id"))
    return _with_substitutes(duty.select_from(_in_service(asked, person, stretch)).subquery("duty"), Scope.APPRAISE)


def _in_service(asked: FromClause, person: type[models.Person], stretch: type[models.Stretch]) -> FromClause:
    """Return those asked for, joined with what they were on the day if they were in service."""
    here = and_(stretch.employee_id == asked.c.id, holds_on(stretch), in_service(stretch))
    return asked.outerjoin(person, person.employee_id == asked.c.id).outerjoin(stretch, here)


@cache
def _reviewers_query() -> AnySelect:
    asked, person, stretch, superior = asked_for(), models.Person, aliased(models.Stretch), Official()
    missing = case(
        (person.employee_id.is_(None), asked.c.id),
        (and_(stretch.superior_id.is_not(None), ~superior.is_known), stretch.superior_id),
    )
    duty = select(
        asked.c.id,
        missing.label("missing"),
        superior.stretch.superior_id.label("holder_id"),
        stretch.superior_id.label("superior_id"),
    ).select_from(superior.join(_in_service(asked, person, stretch), stretch.superior_id))
    return _with_substitutes(duty.subquery("duty"), Scope.REVIEW)


def _with_substitutes(duty: Subquery, scope: Scope) -> AnySelect:
    """Return who has the duty of `holder_id` towards `id`, and who has not arrived of those it depends on."""
    others = [one for one in (duty.c.id, duty.c.get("superior_id")) if one is not None]
    substitution, holder, who = substitution_for(duty.c.holder_id, scope, *others), Official(), Official()
    # CASE and not COALESCE: row-level security keeps what may leak a value, as which COALESCE counts, from the indexes
    stands_in = substitution.c.substitute_id.is_not(None)
    superior_id = case((stands_in, substitution.c.substitute_id), else_=duty.c.holder_id)
    joined = holder.join(duty.outerjoin(substitution, true()), duty.c.holder_id)
    missing = case(
        (duty.c.missing.is_not(None), duty.c.missing),
        (duty.c.holder_id.is_(None), null()),
        (~holder.is_known, duty.c.holder_id),
        (~who.is_known, superior_id),
    )
    return select(
        duty.c.id,
        missing.label("missing"),
        duty.c.holder_id,
        holder.is_reachable.label("holder_reachable"),
        substitution.c.substitution_id,
        substitution.c.kind,
        superior_id.label("superior_id"),
        who.is_external.label("external"),
        who.is_reachable.label("reachable"),
    ).select_from(who.join(joined, superior_id))


def reachable_on(tx: Transaction, officials: Iterable[UUID], day: date) -> frozenset[UUID]:
    """Return who of these is known to be reachable on a day: in active service, or an external official in office."""
    return frozenset(tx.session.scalars(_reachable_query(), {"asked": distinct(officials), "day": day}))


@cache
def _reachable_query() -> AnySelect:
    asked, who = asked_for(), Official()
    return select(asked.c.id).select_from(who.join(asked, asked.c.id)).where(who.is_reachable)


def left_on(tx: Transaction, officials: Iterable[UUID], day: date) -> frozenset[UUID]:
    """Return who of these is known and has no place on a day: neither in service, be it on leave, nor in an office.

    Who has not arrived is not among them: nothing is known of them.
    """
    return frozenset(tx.session.scalars(_left_query(), {"asked": distinct(officials), "day": day}))


@cache
def _left_query() -> AnySelect:
    asked, who = asked_for(), Official()
    query = select(asked.c.id).select_from(who.join(asked, asked.c.id))
    return query.where(who.is_known, not_(who.has_place))


def subordinates_on(tx: Transaction, superior_id: UUID, day: date) -> tuple[Subordinate, ...]:
    """Return the people in service whom somebody appraises on a day, also in another's place. Raise NotKnownYet.

    Those for whom another stands in on that day are among them, with the substitute.
    """
    return subordinates_on_each(tx, [superior_id], day).of(superior_id)


def subordinates_on_each(tx: Transaction, superiors: Iterable[UUID], day: date) -> Answers[tuple[Subordinate, ...]]:
    """Answer `subordinates_on` of many superiors."""
    return answer_each(
        tx,
        _subordinates_query(),
        superiors,
        day,
        lambda row: Subordinate(row.item_id, row.status, own_capacity(row), row.holder_id, row.substitute_id),
    )


@cache
def _subordinates_query() -> AnySelect:
    duties, stretch = holders(Scope.APPRAISE), models.Stretch
    substitution = substitution_for(duties.c.holder_id, Scope.APPRAISE, stretch.employee_id)
    theirs = or_(duties.c.holder_id == duties.c.id, substitution.c.substitute_id == duties.c.id)
    subordinates = (
        select(
            duties.c.id,
            stretch.employee_id.label("item_id"),
            stretch.status,
            duties.c.holder_id,
            substitution.c.kind,
            substitution.c.substitute_id,
        )
        .join(stretch, and_(stretch.superior_id == duties.c.holder_id, holds_on(stretch), in_service(stretch)))
        .outerjoin(substitution, true())
        .where(theirs)
    )
    return with_answers(subordinates.subquery("subordinates"))
