"""Two requests at the same moment: one takes effect, and the event is published once."""

from concurrent.futures import ThreadPoolExecutor

from tests.appraisal.builders import API, a_plan, a_rating, a_result

TIMES = 6


def at_once(bureau, *calls, **headers):
    """Run the same few requests many times in parallel; return the statuses."""

    def ask(call):
        who, path, body = call
        return bureau.service.client(who).post(API + path, json=body, headers=headers).status_code

    with ThreadPoolExecutor(TIMES) as pool:
        return list(pool.map(ask, calls * TIMES))


def test_one_plan_is_made_of_many_requests(bureau):
    statuses = at_once(bureau, (bureau.siti, "/plans", a_plan()))
    assert sorted(statuses) == [201] + [409] * (TIMES - 1)


def test_a_plan_is_activated_once(bureau):
    plan = bureau.draft()
    bureau.post(bureau.siti, f"/plans/{plan['id']}/submit", status=200)
    statuses = at_once(bureau, (bureau.head, f"/plans/{plan['id']}/activate", None), **{"If-Match": '"2"'})
    assert statuses.count(200) == 1
    assert set(statuses) <= {200, 409, 412}
    assert len(bureau.events("PlanActivated")) == 1


def test_of_two_who_edit_at_once_one_wins_and_the_other_learns_what_changed(bureau):
    plan = bureau.draft()
    body = {name: plan[name] for name in ("model",)} | {"work_results": [a_result()]}

    def edit(who):
        headers = {"If-Match": f'"{plan["version"]}"'}
        return bureau.service.client(who).put(f"{API}/plans/{plan['id']}", json=body, headers=headers)

    with ThreadPoolExecutor(TIMES) as pool:
        answers = list(pool.map(edit, [bureau.siti, bureau.hr] * (TIMES // 2)))
    assert sorted(one.status_code for one in answers) == [200] + [412] * (TIMES - 1)
    for late in answers:
        if late.status_code == 412:
            [change] = late.get_json(force=True)["changes"]
            assert (change["step"], change["role"] in {"OWNER", "HR"}, change["version"]) == ("EDIT", True, 2)


def test_a_quarter_is_completed_once(bureau):
    bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)
    body = a_rating(employee_id=str(bureau.siti.employee_id), year=2026, quarter=1)
    statuses = at_once(bureau, (bureau.head, "/evaluations/periodic", body))
    assert 201 in statuses
    assert set(statuses) <= {201, 409}
    assert len(bureau.events("AppraisalCompleted")) == 1


def test_acceptance_and_a_window_that_ends_complete_a_year_once(bureau):
    bureau.active_plan()
    bureau.rate_fourth_quarter()
    bureau.turn(2027, 1, 12, 3)
    evaluation = bureau.issue()
    bureau.post(bureau.siti, f"/evaluations/{evaluation['id']}/receive", status=200)
    bureau.turn(2027, 1, 26, 17, 0, 5)
    with ThreadPoolExecutor(2) as pool:
        fired = pool.submit(bureau.service.run_timers)
        statuses = at_once(bureau, (bureau.siti, f"/evaluations/{evaluation['id']}/accept", None))
        fired.result()
    bureau.service.run_timers()
    assert set(statuses) <= {200, 409, 412}
    assert [e["data"]["kind"] for e in bureau.events("AppraisalCompleted")] == ["PERIODIC", "ANNUAL"]
