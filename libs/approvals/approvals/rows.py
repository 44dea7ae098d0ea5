"""Proposals between rows and values."""

from uuid import UUID

from sqlalchemy import Uuid, all_, literal, select

from approvals import models
from approvals.proposal import ListProposals, Proposal
from chassis.errors import required
from chassis.pagination import Page
from chassis.records import columns_of, fetch_one, fetch_page, insert_record, matching, update_record
from chassis.unit_of_work import Transaction

_ROW = models.Proposal
_QUERY = select(*columns_of(_ROW, Proposal))


def load_proposal(tx: Transaction, proposal_id: UUID, *, lock: bool = False) -> Proposal:
    """Return a proposal, locked until the commit if wished. Raise NotFound."""
    query = _QUERY.where(_ROW.id == proposal_id)
    return required(fetch_one(tx, query.with_for_update() if lock else query, Proposal), "usulan", proposal_id)


def list_proposals(tx: Transaction, wanted: ListProposals, reader: UUID | None) -> Page[Proposal]:
    """Return proposals, the newest first, but for those that concern the reader."""
    query = matching(_QUERY, _ROW, wanted)
    if reader is not None:
        query = query.where(literal(reader, Uuid) != all_(_ROW.concerns))
    return fetch_page(tx, query, Proposal, wanted.page, _ROW.id, descending=True)


def load_payload(tx: Transaction, proposal_id: UUID) -> str:
    """Return the command of a proposal, as JSON; a file may make it long."""
    return tx.session.execute(select(_ROW.payload).where(_ROW.id == proposal_id)).scalar_one()


def insert_proposal(tx: Transaction, proposal: Proposal, payload: str) -> None:
    insert_record(tx, _ROW, proposal, payload=payload)


def update_proposal(tx: Transaction, before: Proposal, after: Proposal) -> Proposal:
    """Save a move and return the proposal as it is now. Raise VersionConflict."""
    update_record(tx, _ROW, before, after)
    return load_proposal(tx, after.id)
