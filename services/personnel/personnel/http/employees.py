"""People: searched, shown, with their history and their subordinates."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import PageArgs, ServiceBlueprint, etag, page_of, principal, problems, work
from personnel.domain.views import Card, EmployeeFilter, EmployeeView, History, ListedEmployee, Me, Summary
from personnel.http.access import EVERYBODY, HR, LED_UNITS, OVERSIGHT, PREFIX, RECORD
from personnel.http.paging import name_and_id, one_page, read_position
from personnel.http.schemas import (
    CardQuery,
    CardsOut,
    EmployeeOut,
    EmployeeQuery,
    HistoryOut,
    ListedEmployeeOut,
    MeOut,
    NipsIn,
    ResolvedOut,
    SummaryOut,
    SummaryQuery,
)
from personnel.use_cases import list_employees as listing
from personnel.use_cases import list_subordinates as subordinates
from personnel.use_cases import look_up_cards as cards
from personnel.use_cases import resolve_nips as resolving
from personnel.use_cases import show_employee as showing
from personnel.use_cases import show_history as history
from personnel.use_cases import show_me as me
from personnel.use_cases import summarise as summary

blp = ServiceBlueprint("employees", url_prefix=PREFIX, description="People")
_FILTERS = ("name", "nip", "status", "employment_type", "without_superior")


def _place(one: ListedEmployee) -> dict[str, Any]:
    return {"name": one.name, "id": str(one.employee_id)}


@blp.route("/me", methods=["GET"])
@allow(*EVERYBODY, "operator", "wellbeing_officer", relation="oneself")
@blp.response(200, MeOut)
def show_me() -> Me:
    """The caller: own record, superiors, number of subordinates."""
    return me.show_me(work(), principal())


@blp.route("/employees", methods=["GET"])
@allow(*OVERSIGHT, relation=LED_UNITS)
@problems(404)
@blp.arguments(EmployeeQuery, location="query")
@blp.response(200, page_of(ListedEmployeeOut))
def list_employees(args: dict[str, Any]) -> dict[str, Any]:
    """Search people by name, number, unit, status."""
    found = listing.list_employees(
        work(),
        principal(),
        EmployeeFilter(**{name: args[name] for name in _FILTERS if name in args}),
        unit_id=args.get("unit_id"),
        after=read_position(args, name_and_id),
        limit=args["limit"] + 1,
    )
    return one_page(found, args["limit"], _place)


@blp.route("/employees/<uuid:employee_id>", methods=["GET"])
@allow(*EVERYBODY, relation=RECORD)
@blp.response(200, EmployeeOut)
def show_employee(employee_id: UUID) -> EmployeeView:
    """One person's record as it stands today."""
    view = showing.show_employee(work(), principal(), employee_id)
    etag(view.version)
    return view


@blp.route("/employees/<uuid:employee_id>/history", methods=["GET"])
@allow(*EVERYBODY, relation=RECORD)
@blp.response(200, HistoryOut)
def show_history(employee_id: UUID) -> History:
    """Everything recorded of a person, with days, source and reason."""
    return history.show_history(work(), principal(), employee_id)


@blp.route("/employees/<uuid:employee_id>/subordinates", methods=["GET"])
@allow(*EVERYBODY, relation=RECORD)
@blp.arguments(PageArgs, location="query")
@blp.response(200, page_of(ListedEmployeeOut))
def list_subordinates(args: dict[str, Any], employee_id: UUID) -> dict[str, Any]:
    """Those whose superior this person is."""
    after = read_position(args, name_and_id)
    found = subordinates.list_subordinates(work(), principal(), employee_id, after=after, limit=args["limit"] + 1)
    return one_page(found, args["limit"], _place)


@blp.route("/cards", methods=["GET"])
@allow(*EVERYBODY, relation="same agency")
@blp.arguments(CardQuery, location="query")
@blp.response(200, CardsOut)
def look_up_cards(args: dict[str, Any]) -> dict[str, list[Card]]:
    """Name, position and unit of colleagues: by many ids, or the first twenty by a part of the name."""
    if "name" in args:
        return {"items": cards.search_cards(work(), principal(), args["name"])}
    return {"items": cards.look_up_cards(work(), principal(), args.get("ids", []))}


@blp.route("/employees/resolve", methods=["POST"])
@allow(*HR)
@blp.arguments(NipsIn)
@blp.response(200, ResolvedOut)
def resolve_nips(body: dict[str, Any]) -> dict[str, Any]:
    """The employees behind up to 500 NIPs; unknown ones are left out."""
    found = resolving.resolve_nips(work(), principal(), body["nips"])
    return {"items": [{"nip": nip, "employee_id": employee_id} for nip, employee_id in found.items()]}


@blp.route("/summary", methods=["GET"])
@allow(*OVERSIGHT, relation=LED_UNITS)
@problems(404)
@blp.arguments(SummaryQuery, location="query")
@blp.response(200, SummaryOut)
def summarise(args: dict[str, Any]) -> Summary:
    """How many people there are, of which kinds and where."""
    return summary.summarise(work(), principal(), unit_id=args.get("unit_id"))
