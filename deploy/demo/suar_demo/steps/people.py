"""January: the ministry is registered, its files are imported, and everybody gets an account."""

from collections import Counter
from typing import Any

from suar_demo.client import Api, Refused, finish_job
from suar_demo.context import YEAR, DemoContext, Person, chunks

IDENTITY = "/api/v1/identity"
PERSONNEL = "/api/v1/personnel"


def register_ministry(context: DemoContext) -> None:
    """The operator registers the agency and its first HR officers."""
    context.turn_clock(YEAR, 1, 2, 8)
    agency = {"id": context.agency, "name": "Kementerian Contoh", "time_zone": "Asia/Jakarta"}
    context.operator.post(f"{PERSONNEL}/agencies", agency)
    let_officers_be_nobody(context.operator, context.agency)
    officers = [("sdm.satu@kemcontoh.example", "Petugas SDM Satu"), ("sdm.dua@kemcontoh.example", "Petugas SDM Dua")]
    accounts = [{"username": user, "name": name, "roles": ["hr_officer"]} for user, name in officers]
    made = create_accounts(context.operator, accounts, context.agency)
    context.hr, context.second_hr = (
        activate(context, user, name, made[user], role="pengelola kepegawaian") for user, name in officers
    )
    context.scenario.show("Kementerian Contoh terdaftar; dua pengelola kepegawaian sudah punya akun.")


def let_officers_be_nobody(operator: Api, agency: str) -> None:
    """The story's HR officers are nobody of the imported file; a real agency's operator says in time who they are."""
    rule = {
        "agency_id": agency,
        "valid_from": operator.get(f"{IDENTITY}/clock")["now"][:10],
        "officer_days_without_person": 3650,
        "watched_days": 7,
        "source": "peragaan",
        "verified": False,
    }
    operator.post(f"{IDENTITY}/sign-in-rules", rule)


def import_files(context: DemoContext) -> None:
    """Units, then people; then the people's file once more, which must change nothing."""
    _import(context, "unit")
    job = _import(context, "pegawai")
    expected = context.manifest["employees"]
    issues = list(context.hr.pages(f"{PERSONNEL}/jobs/{job['id']}/issues"))
    context.scenario.show(
        f"Berkas pegawai: {expected['rows']} baris, {len(issues)} masalah terdaftar dengan baris dan kolomnya."
    )
    for issue in issues[:3]:
        context.scenario.show(
            f"[dim]baris {issue['row']}, {issue['column']} = {issue['value']!r}: {issue['expected']}[/]"
        )
    load_people(context)
    context.scenario.check("pegawai terdaftar", expected["accepted"], len(context.people))
    again = _import(context, "pegawai")
    changed = sum(again["result"][key] for key in ("created", "updated", "superiors_changed"))
    context.scenario.check("perubahan oleh impor kedua berkas yang sama", 0, changed)


def load_people(context: DemoContext) -> None:
    """Read everybody through the API, page by page."""
    context.units = {unit["unit_id"]: unit for unit in context.hr.pages(f"{PERSONNEL}/org-units")}
    known = {person.employee_id: person.api for person in context.people.values()}
    context.people = {}
    fields = Person.__dataclass_fields__
    for row in context.hr.pages(f"{PERSONNEL}/employees"):
        person = Person(**{key: row[key] for key in row if key in fields})
        person.api = known.get(person.employee_id)
        context.people[person.employee_id] = person


def correct_superiors(context: DemoContext) -> None:
    """One call a person: HR names the right superior where the file had a wrong one."""
    lost = [
        person
        for person in context.people.values()
        if person.appraiser_id is None and person.position_kind != "JPT_UTAMA"
    ]
    expected = context.manifest["employees"]
    rows = {row["nip"]: row for row in context.rows("pegawai")}
    tops = [person for person in lost if _is_top(rows, person)]
    wrong = [person for person in lost if person not in tops]
    context.scenario.check(
        "pegawai tanpa atasan karena sel yang salah", expected["bad"] - expected["refused"], len(wrong)
    )
    for person in wrong:
        leader = _nearest_other_leader(context, person)
        current = context.hr.raw("GET", f"{PERSONNEL}/employees/{person.employee_id}")
        body = {"superior_id": leader, "effective_from": f"{YEAR}-01-01", "reason": "Atasan salah pada berkas impor"}
        headers = {"If-Match": current.headers["ETag"]}
        context.hr.put(f"{PERSONNEL}/employees/{person.employee_id}/superior", body, headers=headers)
    load_people(context)
    context.scenario.show(
        f"{len(wrong)} atasan diperbaiki, masing-masing dengan satu panggilan; layanan lain mengikuti."
    )


def open_accounts(context: DemoContext) -> None:
    """Everybody gets an account with the roles that follow from their place, and signs in.

    HR makes them, but for those of HR, oversight and wellbeing, whose roles an operator gives.
    """
    # identity makes accounts only of people whom personnel has made known to it
    context.consistency.wait_until_consistent()
    leaders = {unit["leader_id"]: unit["unit_id"] for unit in sorted(context.units.values(), key=lambda u: -u["depth"])}
    special = _special_people(context)
    accounts: list[dict[str, Any]] = []
    for person in context.people.values():
        roles = ["employee"]
        if person.employee_id in leaders:
            roles.append("unit_leader")
        roles += [role for role, holders in special.items() if person in holders]
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
    codes |= create_accounts(context.operator, offices, context.agency)
    for part in chunks([account for account in accounts if account not in offices], 500):
        codes |= create_accounts(context.hr, part, None)

    def sign_in(person: Person) -> None:
        person.api = activate(context, person.nip, person.name, codes[person.nip], person=person)

    context.together("akun diaktifkan", sign_in, context.people.values())
    context.inspector = special["inspector"][0].me
    context.wellbeing_officer = special["wellbeing_officer"][0].me
    first, second = special["hr_officer"]
    context.officers = (first.me, second.me)
    context.notes["special"] = special
    counts = Counter(role for account in accounts for role in account["roles"])
    context.scenario.check(
        "akun pegawai aktif", len(context.people), sum(p.api is not None for p in context.people.values())
    )
    context.scenario.show(f"Peran: {', '.join(f'{role} {count}' for role, count in sorted(counts.items()))}.")


def wait_for_projections(context: DemoContext) -> None:
    """Every service has received every person before the year goes on."""
    context.consistency.wait_until_consistent()
    context.scenario.show(f"Semua layanan sudah mendengar data pegawai lewat {context.consistency.events} peristiwa.")


def _import(context: DemoContext, name: str) -> Any:
    target = {"unit": "units", "pegawai": "employees"}[name]
    content = (context.sample / f"{name}.csv").read_bytes()
    job = context.hr.upload(f"{PERSONNEL}/imports/{target}", f"{name}.csv", content)
    with context.scenario.progress(f"impor {name}.csv", 1) as advance:
        return finish_job(context.hr, "personnel", job["job_id"], watch=advance.to)


def _is_top(rows: dict[str, dict[str, str]], person: Person) -> bool:
    return not rows[person.nip]["nip_atasan"]


def _nearest_other_leader(context: DemoContext, person: Person) -> str:
    """The leader of the person's unit, or of the nearest unit above whose leader is somebody else."""
    unit = context.units[person.unit_id]
    while unit["leader_id"] in {None, person.employee_id}:
        unit = context.units[unit["parent_id"]]
    leader: str = unit["leader_id"]
    return leader


def _special_people(context: DemoContext) -> dict[str, list[Person]]:
    """One inspector, one wellbeing officer and two HR officers, who lead nobody."""
    superiors = {person.appraiser_id for person in context.people.values()}
    free = [
        person
        for person in sorted(context.people.values(), key=lambda p: p.nip)
        if person.employee_id not in superiors
        and person.employment_type == "PNS"
        and person.unit_code != context.siti.unit_code
    ]
    return {"inspector": free[:1], "wellbeing_officer": free[1:2], "hr_officer": free[2:4]}


def create_accounts(caller: Api, accounts: list[dict[str, Any]], agency: str | None) -> dict[str, dict[str, Any]]:
    """Open accounts in one call; gives what was made of each by its user name."""
    body = {"accounts": accounts, **({"agency_id": agency} if agency else {})}
    made = caller.post(f"{IDENTITY}/accounts/batch", body)["items"]
    return {row["username"]: row for row in made}


def activate(
    context: DemoContext,
    username: str,
    name: str,
    made: dict[str, Any],
    *,
    person: Person | None = None,
    role: str = "",
) -> Api:
    """Redeem the code of an account, as its owner does; with a role it is listed at the end."""
    code = made["activation_code"]
    if code is None:
        code = context.operator.post(f"{IDENTITY}/accounts/{made['account_id']}/codes")["code"]
    try:
        opened = context.api.post(f"{IDENTITY}/activations", {"code": code, "password": context.password})
    except Refused as refused:
        if refused.code != "one_time_code_refused":
            raise
        # used by the first attempt, whose answer was lost with the process that gave it: the password is set
        again = {"username": username, "password": context.password, "agency_id": context.agency}
        opened = context.api.post(f"{IDENTITY}/sessions", again)
    if role:
        context.accounts.append((username, name, role))
    return context.api.signed_in(opened["token"], name, person.employee_id if person else "")
