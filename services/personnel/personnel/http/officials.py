"""Officials who are no civil servants of the agency and appraise."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import ServiceBlueprint, expected_version, idempotent, principal, problems, with_etag, work
from chassis.pagination import Page
from personnel.domain.official import ChangeOfficial, ListOfficials, OfficialView, RecordOfficial
from personnel.http.access import EVERYBODY, HR, PREFIX
from personnel.http.officials_schemas import OfficialIn, OfficialPatch, OfficialsQuery
from personnel.use_cases.officials import change, read, record

blp = ServiceBlueprint("officials", url_prefix=PREFIX, description="Officials from outside")


@blp.route("/officials", methods=["POST"])
@allow(*HR)
@idempotent
@blp.arguments(OfficialIn)
@blp.response(201, OfficialView)
def record_official(body: dict[str, Any]) -> OfficialView:
    """Record an official from outside: a minister, a governor, a regent."""
    return with_etag(record.record_official(work(), principal(), RecordOfficial(**body)))


@blp.route("/officials", methods=["GET"])
@allow(*EVERYBODY)
@blp.arguments(OfficialsQuery, location="query")
@blp.response(200, Page[OfficialView])
def list_officials(query: dict[str, Any]) -> Page[OfficialView]:
    """Officials from outside, by name."""
    return read.list_officials(work(), principal(), ListOfficials(**query))


@blp.route("/officials/<uuid:official_id>", methods=["GET"])
@allow(*EVERYBODY)
@blp.response(200, OfficialView)
def show_official(official_id: UUID) -> OfficialView:
    """One official."""
    return with_etag(read.show_official(work(), principal(), official_id))


@blp.route("/officials/<uuid:official_id>", methods=["PATCH"])
@allow(*HR)
@problems(409, 412, 428)
@blp.arguments(OfficialPatch)
@blp.response(200, OfficialView)
def change_official(body: dict[str, Any], official_id: UUID) -> OfficialView:
    """Correct an official, or end the term of office."""
    return with_etag(
        change.change_official(work(), principal(), ChangeOfficial(official_id, expected_version(), **body))
    )
