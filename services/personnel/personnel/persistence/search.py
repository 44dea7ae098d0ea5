"""People by words of their names and by their numbers: ranges of `search_word`, found by index (decision 0015)."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, false, func, select, union
from sqlalchemy.orm import InstrumentedAttribute, aliased

from chassis.records import among
from chassis.unit_of_work import Transaction
from personnel.persistence import models

# More words than a name has would only cost: of those typed, so many of the longest count.
MOST_WORDS = 8
# Fewer digits are taken as a whole number: they begin or end those of too many people.
FEWEST_DIGITS = 6
_LAST_CHARACTER = chr(0x10FFFF)


def people_named(tx: Transaction, name: str) -> type[models.SearchWord]:
    """Return who has, for each of these words, a word that begins with it: rows of `employee_id` and `name`."""
    words = tx.session.scalar(select(func.search_words(name))) or []
    longest = sorted(words, key=len, reverse=True)[:MOST_WORDS]
    # in order before the people's rows are read, of which a page then needs few; OFFSET keeps both steps apart
    found = _having(longest).distinct().order_by(models.SearchWord.name, models.SearchWord.employee_id).offset(0)
    return aliased(models.SearchWord, found.subquery("found"))


def people_with_number(tx: Transaction, value: str) -> type[models.Employee]:
    """Return whose present or former number this is, or begins or ends so: rows of `id` and `name`."""
    person = models.Employee
    found = select(person.id, person.name).where(among(person.id, tx.session.scalars(_with_number(value))))
    # in order for the same reason: with a LIMIT the planner would walk through the names of the agency
    return aliased(person, found.order_by(person.name, person.id).offset(0).subquery("numbered"))


def _with_number(value: str) -> Select[UUID] | CompoundSelect[UUID]:
    number, identifier, word = "".join(value.split()), models.EmployeeIdentifier, models.SearchWord
    query = select(identifier.employee_id)
    if len(number) < FEWEST_DIGITS or not (number.isascii() and number.isdigit()):
        return query.where(identifier.value == number)
    # digits are in the same order in every collation, so that a prefix is a range here, too; that of nines has no end
    begins, following = identifier.value >= number, str(int(number) + 1)
    if len(following) <= len(number):
        begins = and_(begins, identifier.value < following.zfill(len(number)))
    ends = select(word.employee_id).where(_begins(word.word, f"<{number[::-1]}"))
    return union(query.where(begins), ends)


def _having(words: Sequence[str]) -> Select[str | None, UUID]:
    word = models.SearchWord
    query = select(word.name, word.employee_id)
    if not words:
        return query.where(false())
    for other in words[1:]:
        also = aliased(models.SearchWord)
        # OFFSET: it is read once. Without it the planner may read the whole range of a frequent word for each person.
        once = select(also.employee_id).where(_begins(also.word, other)).offset(0)
        query = query.where(word.employee_id.in_(once))
    return query.where(_begins(word.word, words[0]))


def _begins(column: InstrumentedAttribute[str], start: str) -> ColumnElement[bool]:
    return and_(column >= start, column < start + _LAST_CHARACTER)
