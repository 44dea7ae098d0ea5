"""Attendance counts of a month."""

from typing import Any

from chassis.auth import allow
from chassis.http import ServiceBlueprint, idempotent, principal, problems, work
from chassis.pagination import Items
from incentive.domain.attendance import AttendanceEntryView, CountItem, ReceivedView, RecordAttendance
from incentive.http.access import HR, OWN_READERS, PREFIX, Relation
from incentive.http.attendance_schemas import AttendanceIn
from incentive.http.fields import PersonYearQuery
from incentive.use_cases.attendance import read, record

blp = ServiceBlueprint("attendance", url_prefix=f"{PREFIX}/attendance", description="Attendance counts")


@blp.route("", methods=["POST"])
@allow(*HR, relation=Relation.NOT_OWN)
@idempotent
@problems(409)
@blp.arguments(AttendanceIn)
@blp.response(200, ReceivedView)
def record_attendance(body: dict[str, Any]) -> ReceivedView:
    """Record counts of a month by employee id; all or none."""
    items = [CountItem(**item) for item in body["items"]]
    return record.record_attendance(work(), principal(), RecordAttendance(body["month"], items))


@blp.route("", methods=["GET"])
@allow(*OWN_READERS, relation=Relation.OWN)
@problems(404)
@blp.arguments(PersonYearQuery, location="query")
@blp.response(200, Items[AttendanceEntryView])
def show_attendance(query: dict[str, Any]) -> Items[AttendanceEntryView]:
    """A person's counts of a year, with every revision."""
    return read.list_attendance(work(), principal(), **query)
