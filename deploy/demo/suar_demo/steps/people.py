"""January: the ministry is registered, its files are imported, and everybody gets an account."""

from collections import Counter
from typing import Any

from suar_demo.client import Api, finish_job
from suar_demo.context import YEAR, Person, World, chunks

IDENTITY = "/api/v1/identity"
PERSONNEL = "/api/v1/personnel"


def register_ministry(world: World) -> None:
    """The operator registers the agency and its first HR officers."""
    world.turn_clock(YEAR, 1, 2, 8)
    agency = {"id": world.agency, "name": "Kementerian Contoh", "time_zone": "Asia/Jakarta"}
    world.operator.post(f"{PERSONNEL}/agencies", agency)
    officers = [("sdm.satu@kemcontoh.example", "Petugas SDM Satu"), ("sdm.dua@kemcontoh.example", "Petugas SDM Dua")]
    accounts = [{"username": user, "name": name, "roles": ["hr_officer"]} for user, name in officers]
    made = _create_accounts(world.operator, accounts, world.agency)
    world.hr, world.second_hr = (
        _activate(world, user, name, made[user], role="pengelola kepegawaian") for user, name in officers
    )
    world.story.tell("Kementerian Contoh terdaftar; dua pengelola kepegawaian sudah punya akun.")


def import_files(world: World) -> None:
    """Units, then people; then the people's file once more, which must change nothing."""
    _import(world, "unit")
    job = _import(world, "pegawai")
    expected = world.manifest["employees"]
    issues = list(world.hr.pages(f"{PERSONNEL}/jobs/{job['id']}/issues"))
    world.story.tell(
        f"Berkas pegawai: {expected['rows']} baris, {len(issues)} masalah terdaftar dengan baris dan kolomnya."
    )
    for issue in issues[:3]:
        world.story.tell(f"[dim]baris {issue['row']}, {issue['column']} = {issue['value']!r}: {issue['expected']}[/]")
    load_people(world)
    world.story.check("pegawai terdaftar", expected["accepted"], len(world.people))
    again = _import(world, "pegawai")
    changed = sum(int(again["result"].get(key, 0)) for key in ("created", "changed"))
    world.story.check("perubahan oleh impor kedua berkas yang sama", 0, changed)


def load_people(world: World) -> None:
    """Read everybody through the API, page by page."""
    world.units = {unit["unit_id"]: unit for unit in world.hr.pages(f"{PERSONNEL}/org-units")}
    known = {person.employee_id: person.api for person in world.people.values()}
    world.people = {}
    fields = Person.__dataclass_fields__
    for row in world.hr.pages(f"{PERSONNEL}/employees"):
        person = Person(**{key: row[key] for key in row if key in fields})
        person.api = known.get(person.employee_id)
        world.people[person.employee_id] = person


def correct_superiors(world: World) -> None:
    """One call a person: HR names the right superior where the file had a wrong one."""
    lost = [
        person
        for person in world.people.values()
        if person.appraiser_id is None and person.position_kind != "JPT_UTAMA"
    ]
    expected = world.manifest["employees"]
    rows = {row["nip"]: row for row in world.rows("pegawai")}
    tops = [person for person in lost if _is_top(rows, person)]
    wrong = [person for person in lost if person not in tops]
    world.story.check("pegawai tanpa atasan karena sel yang salah", expected["bad"] - expected["refused"], len(wrong))
    for person in wrong:
        leader = _leader_above(world, person)
        current = world.hr.raw("GET", f"{PERSONNEL}/employees/{person.employee_id}")
        body = {"superior_id": leader, "effective_from": f"{YEAR}-01-01", "reason": "Atasan salah pada berkas impor"}
        headers = {"If-Match": current.headers["ETag"]}
        world.hr.put(f"{PERSONNEL}/employees/{person.employee_id}/superior", body, headers=headers)
    load_people(world)
    world.story.tell(f"{len(wrong)} atasan diperbaiki, masing-masing dengan satu panggilan; layanan lain mengikuti.")


def open_accounts(world: World) -> None:
    """Everybody gets an account with the roles that follow from their place, and signs in.

    HR makes them, but for oversight and wellbeing, whose roles an operator gives.
    """
    leaders = {unit["leader_id"]: unit["unit_id"] for unit in sorted(world.units.values(), key=lambda u: -u["depth"])}
    special = _special_people(world)
    accounts: list[dict[str, Any]] = []
    for person in world.people.values():
        roles = ["employee"]
        if person.employee_id in leaders:
            roles.append("unit_leader")
        roles += [role for role, holder in special.items() if holder is person]
        accounts.append(
            {
                "username": person.nip,
                "name": person.name,
                "roles": roles,
                "employee_id": person.employee_id,
                "unit_id": leaders.get(person.employee_id, person.unit_id),
            }
        )
    codes: dict[str, dict[str, Any]] = {}
    offices = [account for account in accounts if not special.keys().isdisjoint(account["roles"])]
    codes |= _create_accounts(world.operator, offices, world.agency)
    for part in chunks([account for account in accounts if account not in offices], 500):
        codes |= _create_accounts(world.hr, part, None)

    def sign_in(person: Person) -> None:
        person.api = _activate(world, person.nip, person.name, codes[person.nip], person=person)

    world.together("akun diaktifkan", sign_in, world.people.values())
    world.inspector = special["inspector"].me
    world.wellbeing_officer = special["wellbeing_officer"].me
    world.notes["special"] = special
    counts = Counter(role for account in accounts for role in account["roles"])
    world.story.check("akun pegawai aktif", len(world.people), sum(p.api is not None for p in world.people.values()))
    world.story.tell(f"Peran: {', '.join(f'{role} {count}' for role, count in sorted(counts.items()))}.")


def wait_for_projections(world: World) -> None:
    """Every service has heard of every person before the year goes on."""
    world.consistency.wait_until_consistent()
    world.story.tell(f"Semua layanan sudah mendengar data pegawai lewat {world.consistency.events} peristiwa.")


def _import(world: World, name: str) -> Any:
    target = {"unit": "units", "pegawai": "employees"}[name]
    content = (world.sample / f"{name}.csv").read_bytes()
    job = world.hr.upload(f"{PERSONNEL}/imports/{target}", f"{name}.csv", content)
    with world.story.progress(f"impor {name}.csv", 1) as advance:
        return finish_job(world.hr, "personnel", job["job_id"], watch=advance.to)


def _is_top(rows: dict[str, dict[str, str]], person: Person) -> bool:
    return not rows[person.nip]["nip_atasan"]


def _leader_above(world: World, person: Person) -> str:
    """The leader of the person's unit, or of the nearest unit above whose leader is somebody else."""
    unit = world.units[person.unit_id]
    while unit["leader_id"] in {None, person.employee_id}:
        unit = world.units[unit["parent_id"]]
    leader: str = unit["leader_id"]
    return leader


def _special_people(world: World) -> dict[str, Person]:
    """One inspector and one wellbeing officer, who lead nobody."""
    superiors = {person.appraiser_id for person in world.people.values()}
    free = [
        person
        for person in sorted(world.people.values(), key=lambda p: p.nip)
        if person.employee_id not in superiors
        and person.employment_type == "PNS"
        and person.unit_code != world.siti.unit_code
    ]
    return {"inspector": free[0], "wellbeing_officer": free[1]}


def _create_accounts(caller: Api, accounts: list[dict[str, Any]], agency: str | None) -> dict[str, dict[str, Any]]:
    body = {"accounts": accounts, **({"agency_id": agency} if agency else {})}
    made = caller.post(f"{IDENTITY}/accounts/batch", body)["items"]
    return {row["username"]: row for row in made}


def _activate(
    world: World, username: str, name: str, made: dict[str, Any], *, person: Person | None = None, role: str = ""
) -> Api:
    code = made["activation_code"]
    if code is None:
        code = world.operator.post(f"{IDENTITY}/accounts/{made['account_id']}/codes")["code"]
    opened = world.api.post(f"{IDENTITY}/activations", {"code": code, "password": world.password})
    if role:
        world.accounts.append((username, name, role))
    return world.api.signed_in(opened["token"], name, person.employee_id if person else "")
