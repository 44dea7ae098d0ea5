"""People: searched, shown, with their history and their subordinates."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import PageQuery, ServiceBlueprint, idempotent, principal, problems, with_etag, work
from chassis.pagination import Page
from personnel.domain.employee_views import (
    CardsView,
    EmployeeView,
    ListedEmployeeView,
    ListEmployees,
    MeView,
    ResolvedNipsView,
    SummaryView,
)
from personnel.domain.record_views import HistoryView
from personnel.domain.without_unit import ListWithoutUnit, WithoutUnitView
from personnel.http.access import EVERYBODY, HR, HR_AND_INSPECTOR, OVERSIGHT, PREFIX, SUPERIORS_TOO, Relation
from personnel.http.employees_schemas import CardsQuery, EmployeesQuery, NipsIn, SummaryQuery, WithoutUnitQuery
from personnel.use_cases.employees import list as listing
from personnel.use_cases.employees import list_subordinates as subordinates
from personnel.use_cases.employees import list_without_unit as gaps
from personnel.use_cases.employees import look_up_cards as cards
from personnel.use_cases.employees import resolve_nips as resolving
from personnel.use_cases.employees import show, summarise
from personnel.use_cases.employees import show_history as history
from personnel.use_cases.employees import show_me as me

blp = ServiceBlueprint("employees", url_prefix=PREFIX, description="People")


@blp.route("/me", methods=["GET"])
@allow(*SUPERIORS_TOO, "former_employee", "operator", "wellbeing_officer", relation="oneself")
@blp.response(200, MeView)
def show_me() -> MeView:
    """The caller: own record, superiors, number of subordinates."""
    return me.show_me(work(), principal())


@blp.route("/employees", methods=["GET"])
@allow(*OVERSIGHT, relation=Relation.LED_UNITS)
@problems(404)
@blp.arguments(EmployeesQuery, location="query")
@blp.response(200, Page[ListedEmployeeView])
def list_employees(query: dict[str, Any]) -> Page[ListedEmployeeView]:
    """Search people by name, number, unit, status."""
    return listing.list_employees(work(), principal(), ListEmployees(**query))


@blp.route("/employees/without-unit", methods=["GET"])
@allow(*HR_AND_INSPECTOR)
@blp.arguments(WithoutUnitQuery, location="query")
@blp.response(200, Page[WithoutUnitView])
def list_without_unit(query: dict[str, Any]) -> Page[WithoutUnitView]:
    """People in service who on a day have no position yet, or stand in a unit that is closed or yet to come."""
    return gaps.list_without_unit(work(), principal(), ListWithoutUnit(**query))


@blp.route("/employees/<uuid:employee_id>", methods=["GET"])
@allow(*SUPERIORS_TOO, relation=Relation.RECORD)
@blp.response(200, EmployeeView)
def show_employee(employee_id: UUID) -> EmployeeView:
    """One person's record as it stands today."""
    return with_etag(show.show_employee(work(), principal(), employee_id))


@blp.route("/employees/<uuid:employee_id>/history", methods=["GET"])
@allow(*SUPERIORS_TOO, relation=Relation.RECORD)
@blp.response(200, HistoryView)
def show_history(employee_id: UUID) -> HistoryView:
    """Everything recorded of a person, with days, source and reason."""
    return history.show_history(work(), principal(), employee_id)


@blp.route("/employees/<uuid:employee_id>/subordinates", methods=["GET"])
@allow(*EVERYBODY, relation=Relation.RECORD)
@blp.arguments(PageQuery, location="query")
@blp.response(200, Page[ListedEmployeeView])
def list_subordinates(query: dict[str, Any], employee_id: UUID) -> Page[ListedEmployeeView]:
    """Those whose superior this person is."""
    return subordinates.list_subordinates(work(), principal(), employee_id, **query)


@blp.route("/cards", methods=["GET"])
@allow(*EVERYBODY, relation="same agency")
@blp.arguments(CardsQuery, location="query")
@blp.response(200, CardsView)
def look_up_cards(query: dict[str, Any]) -> CardsView:
    """Name, position and unit of colleagues: by many ids, or the first twenty by a part of the name."""
    if "name" in query:
        return cards.search_cards(work(), principal(), query["name"])
    return cards.look_up_cards(work(), principal(), query.get("ids", []))


@blp.route("/employees/resolve", methods=["POST"])
@allow(*HR)
@idempotent
@blp.arguments(NipsIn)
@blp.response(200, ResolvedNipsView)
def resolve_nips(body: dict[str, Any]) -> ResolvedNipsView:
    """The employees behind up to 500 NIPs; unknown ones are left out."""
    return resolving.resolve_nips(work(), principal(), body["nips"])


@blp.route("/summary", methods=["GET"])
@allow(*OVERSIGHT, relation=Relation.LED_UNITS)
@problems(404)
@blp.arguments(SummaryQuery, location="query")
@blp.response(200, SummaryView)
def summarise_people(query: dict[str, Any]) -> SummaryView:
    """How many people there are, of which kinds and where."""
    return summarise.summarise_people(work(), principal(), unit_id=query.get("unit_id"))
