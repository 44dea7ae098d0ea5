"""What the papers of all kinds have in common: made once for a revision, from then on printed as they were made."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from appraisal.clients import PaperNames
from appraisal.domain.document import Document, DocumentSubject
from appraisal.domain.paper_people import PaperPeople
from appraisal.persistence.documents import find_document, insert_document, offices_on
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import Transaction, UnitOfWork
from documents.papers import Paper


class Printable(Protocol):
    """Everything that a paper states, but for the names."""

    @property
    def people(self) -> tuple[UUID | None, ...]: ...

    def paper(self, people: PaperPeople) -> Paper: ...


@dataclass(frozen=True)
class Draft:
    """A subject to print as it stands, and the day whose offices its paper names."""

    subject: DocumentSubject
    day: date
    content: Printable


def issue_document(
    work: UnitOfWork, actor: Principal, names: PaperNames, read: Callable[[Transaction], Draft]
) -> Document:
    """Return the paper of what `read` finds, made now if it is the first time.

    `read` asks who may. Personnel is asked for names between two transactions: none waits for another service.
    """
    with work.transaction(actor.agency_id) as tx:
        draft = read(tx)
        found = find_document(tx, draft.subject)
        if found is not None:
            _record_reading(tx, actor, found)
            return found
        people = {one for one in draft.content.people if one is not None}
        offices = offices_on(tx, people, draft.day)
    paper = draft.content.paper(PaperPeople(names.of(people), offices))
    with work.transaction(actor.agency_id) as tx:
        made = insert_document(tx, Document.made(draft.subject, paper, actor.account_id, tx.now))
        _record_reading(tx, actor, made)
        return made


def _record_reading(tx: Transaction, actor: Principal, document: Document) -> None:
    audit.record(
        tx, actor, "document_read", "document", document.id, kind=document.kind, subject_id=document.subject_id
    )
