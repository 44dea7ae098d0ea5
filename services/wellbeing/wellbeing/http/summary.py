"""Counts for leaders and overseers."""

from typing import Any

from chassis.auth import allow
from chassis.http import ServiceBlueprint, principal, problems, work
from wellbeing.use_cases.read_summary import SummaryView, read_summary

from .access import PREFIX, SUMMARY_READERS
from .programme_schemas import SummaryArgs, SummaryOut

blp = ServiceBlueprint("summary", url_prefix=PREFIX, description="Counts, and nothing but counts")


@blp.route("/summary", methods=["GET"])
@allow(*SUMMARY_READERS, relation="officer and inspector: every unit; leader: own tree")
@problems(404)
@blp.arguments(SummaryArgs, location="query")
@blp.response(200, SummaryOut)
def get_summary(query: dict[str, Any]) -> SummaryView:
    """Count what happened in whole months of a year; what is about persons is hidden below the minimum."""
    return read_summary(work(), principal(), query["year"], query["unit_id"])
