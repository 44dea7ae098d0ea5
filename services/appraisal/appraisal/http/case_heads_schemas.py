"""What comes in with the heads of cases."""

import marshmallow as ma

from appraisal.domain.case_head import CaseKind
from appraisal.http.fields import query_year
from chassis.http import PageQuery
from chassis.http.fields import optional_choice


class CasesQuery(PageQuery):
    kind = optional_choice(CaseKind)
    year = query_year()
    unit = ma.fields.UUID(load_default=None)
    open = ma.fields.Boolean(
        load_default=None, metadata={"description": "true: those that wait; false: those that ended"}
    )
