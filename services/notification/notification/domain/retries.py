"""When to try again: tables in minutes, on the real clock.

A delivery follows DELIVERY_MINUTES; an endpoint that does not answer at all is probed by ENDPOINT_SECONDS,
so that a thousand waiting events do not mean a thousand calls to a server that is down.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

EMAIL_MINUTES = (1, 5, 15, 60, 180, 360, 720, 1440)
DELIVERY_MINUTES = (1, 5, 15, 30, 60, 120, 240, 480, 720, 1440, 1440)
ENDPOINT_SECONDS = (5, 15, 30, 60, 120, 300, 600)
LONGEST_RETRY_AFTER = timedelta(hours=6)

HTTP_OK = range(200, 300)
HTTP_GONE = 410
HTTP_BUSY = (408, 425, 429)
HTTP_SERVER_ERROR = 500


class Outcome(StrEnum):
    """What an answer means for the delivery and for the endpoint behind it."""

    DELIVERED = "DELIVERED"
    REFUSED = "REFUSED"
    ENDPOINT_DOWN = "ENDPOINT_DOWN"
    GONE = "GONE"


def classify_status(status: int) -> Outcome:
    """Only 2xx is an acknowledgement; a redirect is a refusal, because following it would leave the checked address."""
    if status in HTTP_OK:
        return Outcome.DELIVERED
    if status == HTTP_GONE:
        return Outcome.GONE
    if status in HTTP_BUSY or status >= HTTP_SERVER_ERROR:
        return Outcome.ENDPOINT_DOWN
    return Outcome.REFUSED


def next_attempt(
    attempts: int, now: datetime, minutes: tuple[int, ...], retry_after: timedelta | None = None
) -> datetime | None:
    """When attempt number `attempts` + 1 is due, or None when the table is used up."""
    if attempts > len(minutes):
        return None
    wait = timedelta(minutes=minutes[attempts - 1])
    if retry_after is not None:
        wait = max(wait, min(retry_after, LONGEST_RETRY_AFTER))
    return now + wait


def endpoint_rest(consecutive_failures: int) -> timedelta:
    """How long an endpoint is left alone after that many failures in a row."""
    if consecutive_failures <= 0:
        return timedelta()
    return timedelta(seconds=ENDPOINT_SECONDS[min(consecutive_failures, len(ENDPOINT_SECONDS)) - 1])


@dataclass(frozen=True)
class Patience:
    """How long an endpoint may fail without a single success before its subscription is disabled."""

    days: int

    def is_over(self, failing_since: datetime | None, now: datetime) -> bool:
        return failing_since is not None and now - failing_since >= timedelta(days=self.days)
