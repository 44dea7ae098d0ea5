"""Let accounts follow: the timeline of the person, or the term of the official, as it is known today."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from chassis import audit, outbox, timers
from chassis.clock import today_in
from chassis.unit_of_work import Transaction
from gateway.dependencies import role_book
from gateway.domain.account import Account
from gateway.domain.account_rules import AccountRule, rule_on
from gateway.domain.roles import RoleBook
from gateway.domain.service_time import AHEAD, Access, AccessToday, ServiceTime, Term, access_in_term
from gateway.events import AccountAccessChanged
from gateway.persistence.account_rules import list_rules
from gateway.persistence.accounts import lock_accounts_of, update_account
from gateway.persistence.one_time_codes import delete_unused_codes
from gateway.persistence.people import day_here, find_time_zone, service_times, start_of_day, terms_of, today
from gateway.persistence.sessions import end_sessions
from gateway.use_cases.sessions.open import refresh_sessions

TIMER = "person_changes"
BY_TIMELINE = "timeline"


@dataclass(frozen=True)
class Followed:
    """What is known of the people of some accounts on a day. Of whom nothing has arrived, nothing follows."""

    day: date
    book: RoleBook
    rules: Sequence[AccountRule]
    services: dict[UUID, ServiceTime] = field(default_factory=dict)
    terms: dict[UUID, Term] = field(default_factory=dict)

    @classmethod
    def of(cls, tx: Transaction, people: Collection[UUID], day: date) -> "Followed":
        rules, book = list_rules(tx), role_book(tx.contracts.folder)
        return cls(day, book, rules, service_times(tx, people), terms_of(tx, people))

    def access(self, account: Account) -> AccessToday | None:
        """Return what the account may do today; None where nothing of its person has arrived."""
        if account.official_id is not None:
            term = self.terms.get(account.official_id)
            return access_in_term(term, self.day) if term else None
        service = self.services.get(account.employee_id) if account.employee_id else None
        return service.access_on(self.day, self.rules) if service else None

    def account(self, account: Account) -> Account:
        """Return the account as it must be today."""
        access = self.access(account)
        if access is None:
            return account
        after = account.following(access)
        service = self.services.get(account.employee_id) if account.employee_id else None
        if service is None:
            return after
        return after.with_service(service, self.day, self.book, rule_on(self.rules, self.day).statuses_that_end_roles)


def follow_people(tx: Transaction, people: Collection[UUID]) -> None:
    """Let the accounts of these people follow, and wake up on the next day on which something changes for them.

    Raise NotKnownYet before the agency has arrived: which day it is there is not known.
    """
    accounts = lock_accounts_of(tx, people)
    if not accounts:
        return
    known = Followed.of(tx, [one.person_id for one in accounts if one.person_id], today(tx))
    for before in accounts:
        _follow(tx, known, before)


def follow_new(tx: Transaction, accounts: Sequence[Account]) -> list[Account]:
    """Return new accounts as their people's timelines allow, and plan what follows, once these have arrived."""
    zone = find_time_zone(tx)
    people = [one.person_id for one in accounts if one.person_id]
    if zone is None or not people:
        return list(accounts)
    known = Followed.of(tx, people, today_in(tx.now, zone))
    for account in accounts:
        _plan_next(tx, account, known.access(account))
    return [known.account(account) for account in accounts]


def is_over(tx: Transaction, account: Account) -> bool:
    """Return whether the account has ended, and not only waits for the first day of an office."""
    if account.access is not Access.NONE:
        return False
    access = Followed.of(tx, [one for one in [account.person_id] if one], day_here(tx)).access(account)
    return access is None or access.because != AHEAD


def _follow(tx: Transaction, known: Followed, before: Account) -> None:
    access = known.access(before)
    _plan_next(tx, before, access)
    after = known.account(before)
    if access is None or after == before:
        return
    saved = update_account(tx, before, after)
    regained = set(saved.roles) - set(before.roles)
    if regained:
        # whoever received a code for this account did not receive the role
        delete_unused_codes(tx, [saved.id])
    if saved.access is Access.NONE:
        delete_unused_codes(tx, [saved.id])
        end_sessions(tx, saved.id, tx.now, "left_service")
    else:
        refresh_sessions(tx, saved)
    if (saved.access, saved.roles, saved.moved_to) == (before.access, before.roles, before.moved_to):
        return
    audit.record(
        tx, BY_TIMELINE, "account.followed", "account", saved.id, access=saved.access, because=access.because,
        roles_ended=sorted(set(before.roles) - set(saved.roles)), roles_regained=sorted(regained),
    )  # fmt: skip
    if (saved.access, saved.roles) != (before.access, before.roles):
        outbox.record(tx, AccountAccessChanged.of(before, saved, access.because))


def _plan_next(tx: Transaction, account: Account, access: AccessToday | None) -> None:
    if access is None or access.next_day is None:
        timers.cancel(tx, TIMER, account.person_id)
    else:
        timers.schedule(tx, TIMER, account.person_id, start_of_day(tx, access.next_day))
