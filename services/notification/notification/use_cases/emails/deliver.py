"""Send the e-mails that are due.

At least once, and as near to once as SMTP allows: a delivery is leased to one worker, its outcome is committed right
after the server's answer, and only a death between the two sends it again, with the same Message-ID.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from chassis.observability import metrics
from chassis.observability.logging import get_logger
from chassis.unit_of_work import Transaction, UnitOfWork
from notification.clients.smtp import ServerAway, SmtpServer, SmtpSession
from notification.domain.email import Answer, Email, EmailState, Letterhead, compose, is_address
from notification.domain.terms import Standing
from notification.persistence import emails, people
from notification.persistence.emails import Claim
from notification.persistence.standing import load_standing

log = get_logger()
BATCH = 10
RENEW_AFTER_SECONDS = 20.0
ADDRESS_PATIENCE = timedelta(minutes=15)


@dataclass(frozen=True)
class PostOffice:
    """What sending needs: the server (None: this deployment sends no e-mail) and the letterhead."""

    server: SmtpServer | None
    head: Letterhead
    timeout: float = 20.0


@dataclass(frozen=True)
class _Letter:
    claim: Claim
    email: Email
    address: str
    name: str | None
    agency: str


def deliver_emails(work: UnitOfWork, office: PostOffice) -> int:
    """Send one batch; return how many were dealt with. Raise ServerAway after giving the rest back untried."""
    claims = emails.claim(work.database.engine, BATCH)
    if office.server is None:
        for claim in claims:
            _skip(work, claim)
        return len(claims)
    unsent = [claim.delivery_id for claim in claims]
    try:
        letters = _open_all(work, claims)
        unsent = [letter.claim.delivery_id for letter in letters]
        if letters:
            with SmtpSession(office.server, timeout=office.timeout) as session:
                renewed = time.monotonic()
                for letter in letters:
                    if time.monotonic() - renewed > RENEW_AFTER_SECONDS:
                        emails.renew(work.database.engine, unsent)
                        renewed = time.monotonic()
                    _record_answer(work, letter, _send(session, office.head, letter))
                    unsent.remove(letter.claim.delivery_id)
    except ServerAway:
        emails.release(work.database.engine, unsent)
        raise
    return len(claims)


def _send(session: SmtpSession, head: Letterhead, letter: _Letter) -> Answer:
    message = compose(
        head, delivery_id=letter.claim.delivery_id, address=letter.address, name=letter.name, agency=letter.agency,
        at=datetime.now(UTC), content=letter.email.content,
    )  # fmt: skip
    began = time.monotonic()
    answer = session.send(message, letter.address)
    metrics.delivered("email", answer.status.value.lower(), time.monotonic() - began)
    return answer


def _open_all(work: UnitOfWork, claims: Sequence[Claim]) -> list[_Letter]:
    """Return what to send and where, agency by agency; without those that end without the server."""
    letters = []
    for agency_id in dict.fromkeys(claim.agency_id for claim in claims):
        with work.transaction(agency_id) as tx:
            own = [claim for claim in claims if claim.agency_id == agency_id]
            found = emails.load_emails(tx, [claim.delivery_id for claim in own])
            standing = load_standing(tx, [one for one in found.values() if one.state is EmailState.QUEUED])
            opened = (_open(tx, claim, found[claim.delivery_id], standing) for claim in own)
            letters += [letter for letter in opened if letter is not None]
    return letters


def _open(tx: Transaction, claim: Claim, email: Email, standing: Standing) -> _Letter | None:
    if email.state is not EmailState.QUEUED:
        return None
    if claim.now >= claim.give_up_at:
        reason = email.reason or "SERVER_AWAY"
        emails.save_attempt(tx, email.finished(EmailState.EXPIRED, claim.now, reason), None)
        return None
    email, dropped = email.without(standing)
    for why in dropped:
        log.info("email_text_dropped", delivery_id=str(email.delivery_id), reason=why.value)
    if dropped and not email.content:
        emails.save_attempt(tx, email.finished(EmailState.SKIPPED, claim.now, dropped[0]), None)
        return None
    address, name, missing = _address(tx, email)
    if missing == "CONTACT_UNKNOWN" and claim.now - email.created_at < ADDRESS_PATIENCE:
        emails.save_attempt(tx, replace(email, reason=missing), claim.now + timedelta(minutes=1))
        return None
    if address is None or not is_address(address):
        state = EmailState.SKIPPED if address is None else EmailState.FAILED
        emails.save_attempt(tx, email.finished(state, claim.now, missing or "ADDRESS_INVALID"), None)
        return None
    return _Letter(claim, email, address, name, people.agency_of(tx).name)


def _address(tx: Transaction, email: Email) -> tuple[str | None, str | None, str | None]:
    """Return address, name, and why there is no address."""
    if email.address is not None:
        return email.address, None, None
    kind, _, name = email.recipient.partition(":")
    if kind == "employee":
        contact = people.find_contact(tx, UUID(name))
        if contact is None:
            return None, None, "CONTACT_UNKNOWN"
        return contact.email, contact.name, None if contact.email else "NO_ADDRESS"
    boxes = people.list_mailboxes(tx) if kind == "role" else []
    address = next((box.email for box in boxes if box.role == name), None)
    return address, None, None if address else "NO_ADDRESS"


def _record_answer(work: UnitOfWork, letter: _Letter, answer: Answer) -> None:
    with work.transaction(letter.claim.agency_id) as tx:
        email, due_at = emails.load_email(tx, letter.claim.delivery_id).answered(answer, datetime.now(UTC))
        emails.save_attempt(tx, email, due_at)
    log.info(
        "email_attempted",
        status=answer.status.value,
        delivery_id=str(email.delivery_id),
        code=answer.code,
        attempt=email.attempts,
    )


def _skip(work: UnitOfWork, claim: Claim) -> None:
    with work.transaction(claim.agency_id) as tx:
        email = emails.load_email(tx, claim.delivery_id)
        emails.save_attempt(tx, email.finished(EmailState.SKIPPED, datetime.now(UTC), "NO_SERVER"), None)
