"""A year begins with the plan of the one before."""

from tests.appraisal.builders import a_result

LAST_YEAR = {
    "text": "laporan selesai",
    "aspect": "TIME",
    "target_text": "paling lambat 15 Desember 2026",
}
COUNTED = {"text": "laporan", "aspect": "QUANTITY", "target_number": "4", "unit": "laporan"}


def test_last_years_plan_is_copied_without_what_cannot_hold(bureau):
    superior = bureau.active_plan(bureau.head, bureau.chief)
    parent = superior["work_results"][0]["id"]
    results = [a_result(parent_work_result_id=parent), a_result(title="Laporan", indicators=[LAST_YEAR, COUNTED])]
    former = bureau.active_plan(work_results=results)
    bureau.turn(2027, 1, 4, 3)
    copied = bureau.post(bureau.siti, "/plans/copies", {"year": 2027}, 201)
    assert (copied["year"], copied["state"], copied["plan_version"]) == (2027, "DRAFT", 1)
    assert [one["title"] for one in copied["work_results"]] == [one["title"] for one in former["work_results"]]
    assert [one["parent_work_result_id"] for one in copied["work_results"]] == [None, None]
    assert not {one["id"] for one in copied["work_results"]} & {one["id"] for one in former["work_results"]}
    targets = [one["target_text"] for result in copied["work_results"] for one in result["indicators"]]
    assert targets == ["", "paling lambat 5 hari", "", ""]
    path = f"/plans/{copied['id']}"
    shown = bureau.get(bureau.siti, path)
    assert shown["behaviours"][0]["expectation"] == "Menjawab pertanyaan dalam satu hari kerja"
    assert [one["code"] for one in shown["hints"]] == ["few_results"]
    refused = bureau.post(bureau.siti, f"{path}/submit", status=422)
    assert [(one["field"], one["code"]) for one in refused["errors"]] == [
        ("work_results.1.indicators.0.target", "target_required")
    ]
    assert bureau.post(bureau.siti, "/plans/copies", {"year": 2027}, 409)["code"] == "plan_exists"


def test_without_an_earlier_plan_there_is_nothing_to_copy(bureau):
    assert "2025" in bureau.post(bureau.siti, "/plans/copies", {"year": 2026}, 404)["detail"]
    other = {"year": 2026, "employee_id": str(bureau.head.employee_id)}
    assert bureau.post(bureau.siti, "/plans/copies", other, 403)
    assert bureau.post(bureau.hr, "/plans/copies", other, 404)
