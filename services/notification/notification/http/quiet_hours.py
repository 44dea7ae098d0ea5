"""When no e-mail is sent."""

from typing import Any

from chassis.auth import allow
from chassis.http import ServiceBlueprint, idempotent, principal, work
from chassis.pagination import Items
from notification.domain.quiet_hours import QuietHoursView, SetQuietHours
from notification.http.access import GRANTERS, PREFIX
from notification.http.quiet_hours_schemas import QuietHoursIn
from notification.use_cases.quiet_hours.read import list_quiet_hours
from notification.use_cases.quiet_hours.set import set_quiet_hours

blp = ServiceBlueprint("quiet_hours", url_prefix=f"{PREFIX}/quiet-hours", description="When no e-mail is sent")


@blp.route("", methods=["GET"])
@allow(*GRANTERS)
@blp.response(200, Items[QuietHoursView])
def get_quiet_hours() -> Items[QuietHoursView]:
    """The agency's quiet hours, by the day from which they hold; the first are the default."""
    return list_quiet_hours(work(), principal())


@blp.route("", methods=["POST"])
@allow(*GRANTERS)
@idempotent
@blp.arguments(QuietHoursIn)
@blp.response(201, QuietHoursView)
def post_quiet_hours(body: dict[str, Any]) -> QuietHoursView:
    """Set the quiet hours from today or a later day on. Messages are in the inbox at once; e-mail waits for the end."""
    return set_quiet_hours(work(), principal(), SetQuietHours(**body))
