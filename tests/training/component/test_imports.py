import io

COURSES = """code,title,kind_code,jp,minutes,level,competency_codes,provider,active
EL-PA,E-learning analisis proses,E_LEARNING,12,,3,communication|teamwork,Pusdiklat,ya
WS-PA,Workshop,WORKSHOP,,360,,,Pusdiklat,
BAD-1,Tanpa jenis,TIDUR,2,,,,Pusdiklat,ya
BAD-2,,WORKSHOP,dua,,9,,Pusdiklat,mungkin
BAD-3,Kompetensi asing,WORKSHOP,2,,,terbang,Pusdiklat,ya
EXTERNAL,Kode khusus,WORKSHOP,2,,,,Pusdiklat,ya
"""
ITEMS = """code,title,author,year,kind,subject,competency_codes,language,licence,link,copies,active
B-1,Analisis proses,Rahayu,2020,BOOK,Proses,communication,id,CC-BY,https://contoh.example/b1,2,ya
B-2,Tautan salah,,2020,BOOK,,,id,,ftp://x,1,ya
B-3,Jenis salah,,abad ini,KOMIK,,,id,,,1,ya
"""


def start(context, kind, content, status=202):
    files = {"file": (io.BytesIO(content.encode()), "berkas.csv")}
    answer = context.service.client(context.hr).post(f"/api/v1/training/imports/{kind}", data=files)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.get_json()


def done(context, kind, content):
    job_id = start(context, kind, content)["job_id"]
    context.service.run_jobs()
    job = context.get(context.hr, f"/jobs/{job_id}")
    assert job["status"] == "DONE", job
    return job, context.get(context.hr, f"/jobs/{job_id}/issues")["items"]


def test_good_courses_come_in_and_bad_cells_are_named(context):
    job, issues = done(context, "courses", COURSES)
    assert job["result"] == {"saved": 2, "unchanged": 0, "refused": 4}
    assert (job["total"], job["processed"]) == (6, 6)
    assert {(one["row"], one["column"], one["value"]) for one in issues} == {
        (4, "kind_code", "TIDUR"),
        (5, "title", ""),
        (5, "jp", "dua"),
        (5, "level", "9"),
        (5, "active", "mungkin"),
        (6, "competency_codes", "terbang"),
        (7, "code", "EXTERNAL"),
    }
    assert "WORKSHOP" in next(one["expected"] for one in issues if one["value"] == "TIDUR")
    assert context.get(context.siti, "/courses/WS-PA")["jp"] == 8
    assert context.get(context.siti, "/courses/EL-PA")["competency_codes"] == ["communication", "teamwork"]


def test_the_same_file_again_changes_nothing(context):
    done(context, "courses", COURSES)
    before = context.get(context.siti, "/courses")
    job, _ = done(context, "courses", COURSES)
    assert job["result"] == {"saved": 0, "unchanged": 2, "refused": 4}
    assert context.get(context.siti, "/courses") == before


def test_reference_items_come_in_the_same_way(context):
    job, issues = done(context, "reference-items", ITEMS)
    assert job["result"]["saved"] == 1
    assert {(one["row"], one["column"]) for one in issues} == {(3, "link"), (4, "year"), (4, "kind")}
    assert context.get(context.siti, "/reference-items")["items"][0]["copies_free"] == 2


def test_a_file_of_more_rows_than_one_step_is_taken_in_steps(context):
    rows = "\n".join(f"K-{number},Judul {number},WORKSHOP,2,Pusdiklat" for number in range(450))
    job, _ = done(context, "courses", "code,title,kind_code,jp,provider\n" + rows)
    assert job["result"]["saved"] == 450


def test_a_file_that_is_no_such_table_is_refused_at_once(context):
    answer = start(context, "courses", "kode,judul\nA,B\n", 422)
    assert {one["code"] for one in answer["errors"]} == {"column_missing", "column_unknown"}
    assert start(context, "courses", "", 422)["errors"][0]["code"] == "column_missing"
    files = {"file": (io.BytesIO(b"\xff\xfe\x00"), "x.csv")}
    answer = context.service.client(context.hr).post("/api/v1/training/imports/courses", data=files)
    assert answer.get_json()["errors"][0]["code"] == "file_not_utf8"


def test_only_hr_imports(context):
    files = {"file": (io.BytesIO(b"code"), "x.csv")}
    answer = context.service.client(context.siti).post("/api/v1/training/imports/courses", data=files)
    assert answer.status_code == 403
