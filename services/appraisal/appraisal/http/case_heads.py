"""Objections, corrections and follow-ups as heads, for inspectors."""

from typing import Any

from flask import Response

from appraisal.domain.case_head import CaseHeadView, ListCases
from appraisal.http.access import INSPECTORS, PREFIX, Relation
from appraisal.http.case_heads_schemas import CasesQuery
from appraisal.http.csv_rows import csv_response
from appraisal.use_cases.cases.read import export_cases, list_cases
from chassis.auth import allow
from chassis.http import ServiceBlueprint, principal, work
from chassis.pagination import Page

blp = ServiceBlueprint("case_heads", url_prefix=f"{PREFIX}/oversight", description="Cases without their words")


@blp.route("/cases", methods=["GET"])
@allow(*INSPECTORS, relation=Relation.INSPECTOR)
@blp.arguments(CasesQuery, location="query")
@blp.response(200, Page[CaseHeadView])
def get_cases(query: dict[str, Any]) -> Page[CaseHeadView]:
    """Objections, corrections and follow-ups: who, when, in which state and by when; no texts."""
    return list_cases(work(), principal(), ListCases(**query))


@blp.route("/cases.csv", methods=["GET"])
@allow(*INSPECTORS, relation=Relation.INSPECTOR)
@blp.arguments(CasesQuery, location="query")
@blp.response(200, {"type": "string"}, content_type="text/csv")
def get_cases_csv(query: dict[str, Any]) -> Response:
    """All heads that the filters name, as CSV; cursor and limit have no effect."""
    return csv_response(export_cases(work(), principal(), ListCases(**query)), "perkara")
