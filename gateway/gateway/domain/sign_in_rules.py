"""What an account must have before its roles open anything: dated rules of an agency, set by an operator."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from chassis.views import view_of
from gateway.domain.account import Account
from gateway.domain.dated_rules import in_force
from gateway.domain.roles import INCOMPLETE, RoleBook

LONGEST_DAYS = 3650
Lack = Literal["PERSON", "SECOND_FACTOR"]


@dataclass(frozen=True)
class Held:
    """An account, and whether its owner uses a second factor."""

    account: Account
    second_factor: bool


@dataclass(frozen=True)
class SignInRule:
    """In force from a day on, until a later one."""

    valid_from: date
    officer_days_without_person: int
    watched_days: int
    source: str
    verified: bool
    second_factor_roles: tuple[str, ...] = ()
    most_sessions: int = 20
    version: int = 0
    id: UUID | None = None

    def lacks_of(self, held: Held, role: str, book: RoleBook, day: date) -> Iterator[Lack]:
        """Yield what the account must still get before the role opens anything on a day."""
        account = held.account
        since = account.granted_on.get(role, account.created_at.date())
        is_due = day >= since + timedelta(days=self.officer_days_without_person)
        if is_due and account.person_id is None and book.needs_person(role):
            yield "PERSON"
        if role in self.second_factor_roles and not held.second_factor:
            yield "SECOND_FACTOR"


# No regulation that we have read gives a number: ours, to be replaced by the deployment's own. An agency begins with an
# HR officer before anybody is on its record, so whose account it is may be said within these days.
DEFAULT = SignInRule(
    valid_from=date(1945, 8, 17),
    officer_days_without_person=30,
    watched_days=7,
    source="usulan Suar; belum ada ketentuan yang diperiksa",
    verified=False,
)


def sign_in_rule_on(rules: Sequence[SignInRule], day: date) -> SignInRule:
    """Return the rule in force on a day."""
    return in_force(rules, day, DEFAULT)


@dataclass(frozen=True)
class Standing:
    """The roles that a session of an account gets today, what the others of its roles wait for, and how long its
    acts are marked in the audit trail.
    """

    roles: tuple[str, ...]
    lacks: tuple[Lack, ...] = ()
    watched_until: datetime | None = None

    @classmethod
    def of(cls, held: Held, rule: SignInRule, book: RoleBook, day: date) -> "Standing":
        account = held.account
        lacks = {role: frozenset(rule.lacks_of(held, role, book, day)) for role in account.effective_roles}
        kept = tuple(role for role, lack in lacks.items() if not lack)
        since = account.watched_since
        return cls(
            roles=kept or ((INCOMPLETE,) if lacks else ()),
            lacks=tuple(sorted(frozenset().union(*lacks.values()))),
            watched_until=since + timedelta(days=rule.watched_days) if since else None,
        )


@dataclass(frozen=True)
class SetSignInRule:
    valid_from: date
    officer_days_without_person: int
    watched_days: int
    source: str
    verified: bool
    second_factor_roles: tuple[str, ...] = ()
    most_sessions: int = 20
    agency_id: str | None = None


@dataclass(frozen=True)
class SignInRuleView:
    valid_from: date
    officer_days_without_person: Annotated[
        int, Meta(description="how long a role of an officer opens something in an account that is nobody's")
    ]
    watched_days: Annotated[
        int, Meta(description="how long the audit trail marks what is done after somebody else has reset the password")
    ]
    second_factor_roles: Annotated[tuple[str, ...], Meta(description="roles that open nothing without a second factor")]
    most_sessions: Annotated[int, Meta(description="of one account at once; a further sign-in ends the oldest")]
    source: str
    verified: Annotated[bool, Meta(description="false: nobody has checked the source")]
    version: Annotated[int, Meta(description="0: the default, while nothing has been set")]

    @classmethod
    def of(cls, rule: SignInRule) -> "SignInRuleView":
        return view_of(cls, rule)
