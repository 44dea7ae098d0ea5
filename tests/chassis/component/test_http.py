"""What every HTTP answer of every service has in common."""

import base64

import pytest
import sqlalchemy

from chassis.http import ServiceBlueprint, create_app


@pytest.fixture
def librarian(person):
    return person("librarian")


def test_a_caller_without_a_token_is_asked_to_sign_in(desk):
    answer = desk.client().post("/api/v1/desk/loans", json={"title": "x"})
    assert answer.status_code == 401
    assert answer.json["code"] == "unauthenticated"
    assert answer.content_type == "application/problem+json"
    assert answer.json["request_id"] == answer.headers["X-Request-Id"]


def test_a_caller_without_the_role_is_refused(desk, person):
    assert desk.client(person()).post("/api/v1/desk/loans", json={"title": "x"}).status_code == 403


def test_a_forged_token_is_refused(desk, librarian):
    client = desk.client(librarian)
    client.headers["Authorization"] = client.headers["Authorization"][:-4] + "AAAA"
    assert client.post("/api/v1/desk/loans", json={"title": "x"}).status_code == 401


def test_a_wrong_field_is_named_with_its_value_and_what_would_be_right(desk, librarian):
    answer = desk.client(librarian).post("/api/v1/desk/loans", json={"title": "", "copies": 9, "colour": "red"})
    assert answer.status_code == 422
    errors = {one["field"]: one for one in answer.json["errors"]}
    assert errors["copies"]["value"] == 9
    assert errors["copies"]["expected"] == "Harus paling kecil 1 dan paling besar 5."
    assert errors["colour"]["expected"] == "Isian ini tidak dikenal."
    assert set(errors) == {"title", "copies", "colour"}


DEEP = b'{"title":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
DEEP_AND_UNUSABLE = DEEP.replace(b"[]", b'["\\u0000"]')
LONG_NUMBER = b'{"title":"x","copies":' + b"9" * 5000 + b"}"


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[1]", b'"x"', DEEP, DEEP_AND_UNUSABLE, LONG_NUMBER])
def test_a_body_that_is_no_object_is_refused_without_a_500(desk, librarian, body):
    answer = desk.client(librarian).post("/api/v1/desk/loans", data=body, content_type="application/json")
    assert answer.status_code in {400, 422}


@pytest.mark.parametrize("text", ["a\x00b", "\ud800"])
def test_text_that_cannot_be_stored_is_refused(desk, librarian, text):
    answer = desk.client(librarian).post("/api/v1/desk/loans", json={"title": text})
    assert answer.status_code == 422
    assert answer.json["code"] == "unusable_text"


def test_a_cursor_that_is_nested_too_deep_is_refused(desk, person):
    cursor = base64.urlsafe_b64encode(b"[" * 5000).decode().rstrip("=")
    answer = desk.client(person("operator")).get("/api/v1/desk/events/failed", query_string={"cursor": cursor})
    assert (answer.status_code, answer.json["errors"][0]["code"]) == (422, "cursor_invalid")


def test_an_emoji_written_as_surrogates_is_text_like_any_other(desk, librarian):
    answer = desk.client(librarian).post("/api/v1/desk/loans", json={"title": "buku \U0001f4d6"})
    assert answer.status_code == 201


def test_an_expected_error_has_its_code_and_its_sentence(desk, librarian):
    answer = desk.client(librarian).post("/api/v1/desk/loans", json={"title": "out"})
    assert (answer.status_code, answer.json["code"]) == (409, "book_is_out")
    assert answer.json["detail"] == "Buku out sedang dipinjam."


def test_an_unforeseen_error_discloses_nothing_of_the_inside(desk):
    answer = desk.client().get("/api/v1/desk/broken")
    assert answer.status_code == 500
    assert "secret" not in answer.get_data(as_text=True)


def test_an_event_that_breaks_its_contract_takes_its_transaction_along(desk, librarian, agency):
    answer = desk.client(librarian).post("/api/v1/desk/loans", json={"title": "x" * 60})
    assert answer.status_code == 500
    assert desk.events(agency) == []


def test_the_same_idempotency_key_lends_once_and_answers_the_same(desk, librarian, agency):
    client = desk.client(librarian)
    answers = [
        client.post("/api/v1/desk/loans", json={"title": "Bumi"}, headers={"Idempotency-Key": "k1"}) for _ in range(2)
    ]
    assert [one.status_code for one in answers] == [201, 201]
    assert answers[0].json == answers[1].json
    assert answers[0].headers["ETag"] == answers[1].headers["ETag"] == '"1"'
    assert len(desk.events(agency)) == 1
    other = client.post("/api/v1/desk/loans", json={"title": "Laut"}, headers={"Idempotency-Key": "k1"})
    assert other.json["code"] == "idempotency_key_reused"


def test_a_stale_change_is_refused(desk, librarian):
    client = desk.client(librarian)
    loan = client.post("/api/v1/desk/loans", json={"title": "Bumi"}).json
    path = f"/api/v1/desk/loans/{loan['id']}"
    assert client.put(path, json={"title": "a"}).status_code == 428
    first = client.put(path, json={"title": "a"}, headers={"If-Match": '"1"'})
    assert (first.status_code, first.headers["ETag"]) == (200, '"2"')
    assert client.put(path, json={"title": "b"}, headers={"If-Match": '"1"'}).json["code"] == "version_conflict"
    assert client.put(path, json={"title": "b"}, headers={"If-Match": 'W/"2"'}).status_code == 200


def test_another_agency_sees_nothing(desk, librarian, person):
    loan = desk.client(librarian).post("/api/v1/desk/loans", json={"title": "Bumi"}).json
    outsider = person("librarian", agency_id="lain")
    answer = desk.client(outsider).put(
        f"/api/v1/desk/loans/{loan['id']}", json={"title": "a"}, headers={"If-Match": "*"}
    )
    assert answer.status_code == 404


def test_every_operation_says_who_may_call_it_and_what_it_may_answer(desk):
    document = desk.client().get("/openapi.json").json
    operation = document["paths"]["/api/v1/desk/loans"]["post"]
    assert operation["x-access"] == {"roles": ["librarian"], "relation": "own desk"}
    assert {"201", "400", "401", "403", "409", "422"} <= set(operation["responses"])
    assert "default" not in operation["responses"]


def test_an_application_with_an_unguarded_route_refuses_to_start(desk):
    blueprint = ServiceBlueprint("open", url_prefix="/api/v1/desk")

    @blueprint.route("/open", methods=["GET"])
    def forgotten():
        return {}

    with pytest.raises(RuntimeError, match="/api/v1/desk/open"):
        create_app(desk.app.extensions["suar_settings"], title="x", blueprints=[blueprint])


def test_a_request_that_gives_way_to_another_is_asked_to_come_again(desk, person, short_locks):
    client = desk.client(person("librarian"))
    loan = client.post("/api/v1/desk/loans", json={"title": "x"})
    with desk.work.database.engine.begin() as other:
        other.execute(sqlalchemy.text("LOCK TABLE loan"))
        path = f"/api/v1/desk/loans/{loan.json['id']}"
        answer = client.put(path, json={"title": "y"}, headers={"If-Match": loan.headers["ETag"]})
    assert (answer.status_code, answer.json["code"]) == (409, "concurrent_change")
