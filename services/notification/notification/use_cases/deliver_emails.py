"""Send the e-mails that are due.

At least once, and as near to once as SMTP allows: a delivery is leased to one worker, its outcome is committed right
after the server's answer, and only a death between the two sends it again, with the same Message-ID.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from chassis.observability import metrics
from chassis.observability.logging import get_logger
from chassis.unit_of_work import Transaction, UnitOfWork
from notification.clients.smtp import Answer, ServerAway, SmtpServer, SmtpSession, Verdict
from notification.domain.emails import Letterhead, compose, is_address
from notification.domain.retries import EMAIL_MINUTES, next_attempt
from notification.persistence import emails, people
from notification.persistence.emails import Claim
from notification.persistence.models import EmailDelivery

log = get_logger()
BATCH = 10
RENEW_AFTER_SECONDS = 20.0
ADDRESS_PATIENCE = timedelta(minutes=15)
SERVER_REST_SECONDS = (5, 15, 30, 60, 120, 300)


class State(StrEnum):
    SENT = "SENT"
    FAILED = "FAILED"
    EXPIRED = "EXPIRED"
    SKIPPED = "SKIPPED"


@dataclass(frozen=True)
class PostOffice:
    """What sending needs: the server (None: this deployment sends no e-mail) and the letterhead."""

    server: SmtpServer | None
    head: Letterhead
    timeout: float = 20.0


@dataclass(frozen=True)
class _Letter:
    address: str
    name: str | None
    agency: str
    content: Sequence[dict[str, object]]


def deliver_emails(work: UnitOfWork, office: PostOffice) -> int:
    """Send one batch; gives how many were dealt with. Raises ServerAway after giving the rest back untried."""
    claims = emails.claim(work.database.engine, BATCH)
    if not claims:
        return 0
    if office.server is None:
        for claim in claims:
            _close(work, claim, State.SKIPPED, "NO_SERVER")
        return len(claims)
    left = [claim.delivery_id for claim in claims]
    try:
        letters = _open_all(work, claims)
        left = [claim.delivery_id for claim, _ in letters]
        if letters:
            with SmtpSession(office.server, timeout=office.timeout) as session:
                renewed = time.monotonic()
                for claim, letter in letters:
                    if time.monotonic() - renewed > RENEW_AFTER_SECONDS:
                        emails.renew(work.database.engine, left)
                        renewed = time.monotonic()
                    began = time.monotonic()
                    answer = _send(session, office, claim, letter)
                    metrics.delivered("email", answer.verdict.value.lower(), time.monotonic() - began)
                    _settle(work, claim, answer)
                    left.remove(claim.delivery_id)
    except ServerAway:
        with work.database.engine.begin() as connection:
            emails.release(connection, left, timedelta())
        raise
    return len(claims)


def _send(session: SmtpSession, office: PostOffice, claim: Claim, letter: _Letter) -> Answer:
    message = compose(
        office.head, delivery_id=claim.delivery_id, address=letter.address, name=letter.name, agency=letter.agency,
        at=datetime.now(UTC), content=letter.content,
    )  # fmt: skip
    return session.send(message, letter.address)


def _open_all(work: UnitOfWork, claims: Sequence[Claim]) -> list[tuple[Claim, _Letter]]:
    """What to send and where, agency by agency; without those that are settled without the server."""
    letters = []
    for agency_id in dict.fromkeys(claim.agency_id for claim in claims):
        with work.transaction(agency_id) as tx:
            mine = [claim for claim in claims if claim.agency_id == agency_id]
            letters += [(claim, letter) for claim in mine if (letter := _open(tx, claim)) is not None]
    return letters


def _open(tx: Transaction, claim: Claim) -> _Letter | None:
    delivery = emails.delivery_of(tx, claim.delivery_id)
    if delivery is None or delivery.state != "QUEUED":
        return None
    if claim.now >= claim.give_up_at:
        emails.finish(tx, delivery, State.EXPIRED, claim.now, delivery.reason or "SERVER_AWAY")
        return None
    address, name, reason = _address(tx, delivery)
    if reason == "CONTACT_UNKNOWN" and claim.now - delivery.created_at < ADDRESS_PATIENCE:
        emails.postpone(tx, delivery, claim.now + timedelta(minutes=1), reason)
        return None
    if address is None or not is_address(address):
        state = State.SKIPPED if address is None else State.FAILED
        emails.finish(tx, delivery, state, claim.now, reason or "ADDRESS_INVALID")
        return None
    return _Letter(address, name, people.agency_name(tx), delivery.content)


def _address(tx: Transaction, delivery: EmailDelivery) -> tuple[str | None, str | None, str | None]:
    """Address, name, and why there is no address."""
    if delivery.address is not None:
        return delivery.address, None, None
    kind, _, name = delivery.recipient.partition(":")
    if kind == "employee":
        contact = people.contact_of(tx, UUID(name))
        if contact is None:
            return None, None, "CONTACT_UNKNOWN"
        return contact.email, contact.name, None if contact.email else "NO_ADDRESS"
    mailbox = people.mailbox_of(tx, name) if kind == "role" else None
    return mailbox, None, None if mailbox else "NO_ADDRESS"


def _settle(work: UnitOfWork, claim: Claim, answer: Answer) -> None:
    now = datetime.now(UTC)
    with work.transaction(claim.agency_id) as tx:
        delivery = emails.delivery_of(tx, claim.delivery_id)
        assert delivery is not None
        delivery.attempts += 1
        delivery.code, delivery.last_attempt_at = answer.code, now
        due = next_attempt(delivery.attempts, now, EMAIL_MINUTES) if answer.verdict is Verdict.LATER else None
        if answer.verdict is Verdict.SENT:
            emails.finish(tx, delivery, State.SENT, now)
        elif due is None:
            emails.finish(tx, delivery, State.FAILED, now, answer.reason)
        else:
            emails.postpone(tx, delivery, due, answer.reason or "")
    log.info(
        "email_attempted",
        verdict=answer.verdict.value,
        delivery_id=str(claim.delivery_id),
        code=answer.code,
        attempt=delivery.attempts,
    )


def _close(work: UnitOfWork, claim: Claim, state: State, reason: str) -> None:
    with work.transaction(claim.agency_id) as tx:
        delivery = emails.delivery_of(tx, claim.delivery_id)
        if delivery is not None:
            emails.finish(tx, delivery, state, datetime.now(UTC), reason)
