"""What one request makes the service do and say has bounds, whoever sends it."""

from __future__ import annotations

import json

from tests.gateway.builders import API, an_account, code_of


def test_of_many_mistakes_the_first_twenty_are_named(gateway):
    body = {"username": "x@contoh.go.id", "password": "x", **{f"asing{number}": 1 for number in range(2000)}}
    answer = gateway.anonymous.post(f"{API}/sessions", json=body)
    problem = answer.get_json()
    assert (answer.status_code, len(problem["errors"])) == (422, 20)
    assert "20 kesalahan pertama" in problem["detail"]
    assert len(answer.data) < len(json.dumps(body))
    few = gateway.anonymous.post(f"{API}/sessions", json={"username": "x", "lain": 1}).get_json()
    assert len(few["errors"]) == 2
    assert "pertama" not in few["detail"]


def test_the_name_of_an_unknown_field_is_repeated_in_part_only(gateway):
    answer = gateway.anonymous.post(f"{API}/sessions", json={"x" * 50_000: 1})
    assert answer.status_code == 422
    assert len(answer.data) < 5_000


def test_rows_of_a_list_are_no_way_around(gateway):
    rows = [an_account(roles=["raja"]) for _ in range(50)]
    answer = gateway.create(*rows, by=gateway.manager("operator"))
    assert (answer.status_code, len(answer.get_json()["errors"])) == (422, 20)


def test_an_open_door_takes_small_bodies_also_without_the_edge(gateway):
    answer = gateway.anonymous.post(f"{API}/sessions", json={"username": "x" * 70_000, "password": "x"})
    assert (answer.status_code, code_of(answer)) == (413, "body_too_large")
    signed_in = gateway.manager().post(f"{API}/clients", json={"name": "x" * 70_000})
    assert signed_in.status_code == 422


def test_an_address_with_doubled_slashes_is_none(gateway):
    answer = gateway.anonymous.get("//api//v1//identity//me")
    assert answer.status_code == 404
    assert "Location" not in answer.headers
