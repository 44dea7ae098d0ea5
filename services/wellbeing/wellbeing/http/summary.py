"""Counts for leaders and inspectors."""

from typing import Any

from chassis.auth import allow
from chassis.http import ServiceBlueprint, principal, problems, work
from wellbeing.domain.summary import SummaryView
from wellbeing.http.access import PREFIX, SUMMARY_READERS
from wellbeing.http.references_schemas import SummaryQuery
from wellbeing.use_cases.summaries.show import show_summary

blp = ServiceBlueprint("summary", url_prefix=PREFIX, description="Counts, and nothing but counts")


@blp.route("/summary", methods=["GET"])
@allow(*SUMMARY_READERS, relation="officer and inspector: every unit; leader: own tree")
@problems(404)
@blp.arguments(SummaryQuery, location="query")
@blp.response(200, SummaryView)
def get_summary(query: dict[str, Any]) -> SummaryView:
    """Count what happened in whole months of a year; what is about persons is hidden below the minimum."""
    return show_summary(work(), principal(), **query)
