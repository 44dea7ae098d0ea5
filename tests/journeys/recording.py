"""What the personnel office records of people in the stories, each with the version that was just read."""

from typing import Any

from tests.journeys.ministry import PERSONNEL, Ministry, match

POST = ("position_code", "position_title", "position_kind", "position_level")
WHY = {"reason": "Sesuai surat keputusan", "decision_number": "SK-7/SDM/2026"}


def path_of(ministry: Ministry, person: str) -> str:
    return f"{PERSONNEL}/employees/{ministry.id_of(person)}"


def record(ministry: Ministry, person: str, route: str, since: str, **values: Any) -> dict[str, Any]:
    """Record something of a person from a day on; `values` say what."""
    path = path_of(ministry, person)
    headers = match(ministry.hr.raw("GET", path))
    call = ministry.hr.put if route == "superior" else ministry.hr.post
    found: dict[str, Any] = call(f"{path}/{route}", {**WHY, "effective_from": since, **values}, headers=headers)
    return found


def record_position(
    ministry: Ministry, person: str, since: str, *, unit: str = "", job_class: int | None = None
) -> None:
    """Record another unit or another job class; what is not named stays as it is."""
    shown = ministry.hr.get(path_of(ministry, person))
    post = {name: shown[name] for name in POST}
    where = ministry.units[unit] if unit else shown["unit_id"]
    record(ministry, person, "assignments", since, **post, unit_id=where, job_class=job_class or shown["job_class"])


def record_superiors(
    ministry: Ministry, nips: list[str], superior: str, since: str, cause: str = "CHANGE"
) -> list[dict[str, Any]]:
    """Name one superior for many people by one decision; gives what became of each."""
    pairs = [{"employee_nip": nip, "superior_nip": ministry.people[superior]["nip"]} for nip in nips]
    body = {**WHY, "effective_from": since, "cause": cause, "items": pairs}
    found: list[dict[str, Any]] = ministry.hr.post(f"{PERSONNEL}/superiors", body)["items"]
    return found
