"""Links to the superior's results stand beside the versions: submitted parents only, and none is lost."""

import pytest

from tests.appraisal.builders import a_result


def linked(plan, parent, at=0):
    return {"links": [{"work_result_id": plan["work_results"][at]["id"], "parent_work_result_id": parent}]}


@pytest.fixture
def cascade(bureau):
    """The head's agreed plan, and Siti's, two of whose results support the first and the second of the head's."""
    superior = bureau.active_plan(bureau.head, bureau.chief)
    plan = bureau.active_plan()
    for at in (0, 1):
        body = linked(plan, superior["work_results"][at]["id"], at)
        bureau.post(bureau.siti, f"/plans/{plan['id']}/links", body, 200)
    return superior, plan


def test_a_mere_draft_of_the_superior_is_no_parent(bureau):
    plan, superior = bureau.active_plan(), bureau.draft(bureau.head)
    body, path = linked(plan, superior["work_results"][0]["id"]), f"/plans/{plan['id']}/links"
    refused = bureau.post(bureau.siti, path, body, 422)
    assert refused["errors"][0]["code"] == "not_in_superiors_plan"
    bureau.post(bureau.head, f"/plans/{superior['id']}/submit", status=200)
    saved = bureau.post(bureau.siti, path, body, 200)
    assert saved["work_results"][0]["parent_work_result_id"] == superior["work_results"][0]["id"]


def test_a_plan_that_was_closed_before_it_was_agreed_offers_nothing(bureau):
    path = f"/plans/{bureau.draft(bureau.head)['id']}"
    bureau.post(bureau.head, f"{path}/submit", status=200)
    assert bureau.get(bureau.siti, "/me/superior-results?year=2026")["items"]
    bureau.post(bureau.hr, f"{path}/close", {"reason": "Pindah"}, 200)
    assert bureau.get(bureau.siti, "/me/superior-results?year=2026")["items"] == []


def test_a_link_whose_parent_was_dropped_is_dangling_and_each_result_is_in_one_list(bureau, cascade):
    superior, plan = cascade
    path = f"/plans/{superior['id']}"
    begun = bureau.post(bureau.head, f"{path}/revise", {"reason": "x"}, 200)
    kept = [a_result(id=one["id"], title=one["title"]) for one in superior["work_results"][1:]]
    bureau.put(bureau.head, path, {"model": "QUANTITATIVE", "work_results": kept}, 200, begun["version"])
    bureau.post(bureau.head, f"{path}/submit", status=200)
    assert not any(one["dangling"] for one in bureau.get(bureau.siti, f"/plans/{plan['id']}")["work_results"])
    bureau.agree(bureau.chief, path)
    results = bureau.get(bureau.siti, f"/plans/{plan['id']}")["work_results"]
    assert [one["dangling"] for one in results] == [True, False, False, False]
    assert results[0]["parent_work_result_id"] == superior["work_results"][0]["id"]
    matrix = bureau.get(bureau.head, f"/units/{bureau.unit}/role-results?year=2026")
    assert [cell["work_result_id"] for cell in matrix["dangling"]] == [results[0]["id"]]
    supporting = [cell for row in matrix["results"] for cell in row["supported_by"]]
    everywhere = [cell["work_result_id"] for cell in (*supporting, *matrix["unlinked"], *matrix["dangling"])]
    assert sorted(everywhere) == sorted(one["id"] for one in results)


@pytest.fixture
def revised(bureau, cascade):
    """A revision of Siti's plan that leaves out the parent of the first result and gives the second another one."""
    superior, plan = cascade
    path = f"/plans/{plan['id']}"
    begun = bureau.post(bureau.siti, f"{path}/revise", {"reason": "x"}, 200)
    results = [a_result(id=one["id"], title=one["title"]) for one in plan["work_results"][:3]]
    results[1]["parent_work_result_id"] = superior["work_results"][2]["id"]
    saved = bureau.put(bureau.siti, path, {"model": "QUANTITATIVE", "work_results": results}, 200, begun["version"])
    return path, [one["id"] for one in superior["work_results"]], saved


def parents(results):
    return [one["parent_work_result_id"] for one in results]


def test_the_links_of_the_version_in_force_stay_until_the_revision_is_agreed(bureau, revised):
    path, above, saved = revised
    assert parents(saved["work_results"]) == [None, above[2], None]
    for who in (bureau.siti, bureau.head):
        shown = bureau.get(who, path)
        assert parents(shown["work_results"]) == [above[0], above[1], None, None]
        assert parents(shown["draft"]["work_results"]) == [None, above[2], None]
    matrix = bureau.get(bureau.head, f"/units/{bureau.unit}/role-results?year=2026")
    assert [len(row["supported_by"]) for row in matrix["results"]] == [1, 1, 0, 0]
    bureau.post(bureau.siti, f"{path}/submit", status=200)
    assert parents(bureau.get(bureau.head, path)["work_results"]) == [above[0], above[1], None, None]
    bureau.agree(bureau.head, path)
    assert parents(bureau.get(bureau.siti, path)["work_results"]) == [None, above[2], None]
    matrix = bureau.get(bureau.head, f"/units/{bureau.unit}/role-results?year=2026")
    assert [len(row["supported_by"]) for row in matrix["results"]] == [0, 0, 1, 0]


def test_a_batch_that_agrees_revisions_makes_their_links_too(bureau, revised):
    path, above, _ = revised
    bureau.post(bureau.siti, f"{path}/submit", status=200)
    named = bureau.as_read(path.removeprefix("/plans/"))
    assert bureau.post(bureau.head, "/plans/activate-batch", named, 200)["items"][0]["outcome"] == "ACTIVATED"
    assert parents(bureau.get(bureau.siti, path)["work_results"]) == [None, above[2], None]


def test_a_revision_that_is_dropped_leaves_the_links_as_they_were(bureau, revised):
    path, above, _ = revised
    bureau.post(bureau.siti, f"{path}/withdraw", {"reason": "x"}, 200)
    assert parents(bureau.get(bureau.siti, path)["work_results"]) == [above[0], above[1], None, None]
    bureau.post(bureau.siti, f"{path}/revise", {"reason": "y"}, 200)
    assert parents(bureau.get(bureau.siti, path)["draft"]["work_results"]) == [above[0], above[1], None, None]


def test_a_submitted_revision_that_is_taken_back_keeps_what_it_wants(bureau, revised):
    path, above, _ = revised
    bureau.post(bureau.siti, f"{path}/submit", status=200)
    bureau.post(bureau.siti, f"{path}/withdraw", {"reason": "x"}, 200)
    shown = bureau.get(bureau.siti, path)
    assert parents(shown["draft"]["work_results"]) == [None, above[2], None]
    assert parents(shown["work_results"])[:2] == [above[0], above[1]]


def test_a_link_that_is_set_during_a_revision_holds_at_once_and_afterwards(bureau, revised):
    path, above, saved = revised
    body = {"links": [{"work_result_id": saved["work_results"][0]["id"], "parent_work_result_id": above[3]}]}
    linked_now = bureau.post(bureau.head, f"{path}/links", body, 200)
    assert parents(linked_now["work_results"]) == [above[3], above[2], None]
    assert parents(bureau.get(bureau.siti, path)["work_results"])[:2] == [above[3], above[1]]
    bureau.post(bureau.siti, f"{path}/submit", status=200)
    bureau.agree(bureau.head, path)
    assert parents(bureau.get(bureau.siti, path)["work_results"]) == [above[3], above[2], None]


def test_a_new_link_ends_the_former_one_and_raises_the_version_of_the_row(bureau, cascade):
    superior, plan = cascade
    path, third = f"/plans/{plan['id']}", superior["work_results"][2]["id"]
    read = bureau.get(bureau.siti, path)["version"]
    headers = {"If-Match": f'"{read}"'}
    saved = bureau.post(bureau.head, f"{path}/links", linked(plan, third), 200, headers=headers)
    assert (saved["version"], saved["work_results"][0]["parent_work_result_id"]) == (read + 1, third)
    late = bureau.post(bureau.siti, f"{path}/links", linked(plan, third), 412, headers=headers)
    field = f"work_results.{plan['work_results'][0]['id']}.parent_work_result_id"
    assert [(one["step"], one["role"], one["fields"]) for one in late["changes"]] == [("LINK", "APPRAISER", [field])]
