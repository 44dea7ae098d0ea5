"""What comes in about the library: reference items, loans and holds."""

import marshmallow as ma

from chassis.http import PageQuery, Schema
from chassis.http.fields import choice, code, optional_text, text, web_link
from training.domain.loan import HoldState, LoanState
from training.domain.reference_item import ItemKind
from training.http.fields import CATALOGUE_CODE, competency_codes, optional_number

PUBLICATION_YEARS = ma.validate.Range(1000, 2200)


class ReferenceItemChangeIn(Schema):
    title = text(500)
    author = optional_text(300)
    year = optional_number(1000, 2200)
    kind = choice(ItemKind)
    subject = optional_text(300)
    competency_codes = competency_codes()
    language = text(20, load_default="id")
    licence = optional_text(200)
    link = web_link(load_default=None, allow_none=True)
    copies = ma.fields.Integer(load_default=0, validate=ma.validate.Range(0, 100_000))
    active = ma.fields.Boolean(load_default=True)


class ReferenceItemIn(ReferenceItemChangeIn):
    code = code(CATALOGUE_CODE)


class LibraryQuery(PageQuery):
    text = ma.fields.String(load_default=None, metadata={"description": 'words; "a phrase"; -without'})
    competency_code = ma.fields.String(load_default=None)
    kind = choice(ItemKind, load_default=None)
    language = ma.fields.String(load_default=None)
    year = ma.fields.Integer(load_default=None, validate=PUBLICATION_YEARS)


class LoansQuery(PageQuery):
    employee_id = ma.fields.UUID(load_default=None)
    state = choice(LoanState, load_default=None)


class HoldsQuery(PageQuery):
    employee_id = ma.fields.UUID(load_default=None)
    state = choice(HoldState, load_default=None)
