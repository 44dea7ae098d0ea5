"""How far the timelines of an agency have been published, which the other services wait for after an upgrade."""

from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta


@dataclass(frozen=True)
class PublicationView:
    agency_id: str
    people: int
    people_published: Annotated[int, Meta(description="people with a published timeline: all, in the end")]
    units: int
    units_published: int
