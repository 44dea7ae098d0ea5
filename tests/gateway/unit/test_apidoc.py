from __future__ import annotations

import json

import pytest

from gateway.apidoc import Catalogue, merge, read_documents


def a_document(path, *, schema="Problem"):
    return {
        "openapi": "3.1.0",
        "paths": {
            path: {
                "parameters": [{"$ref": "#/components/parameters/id"}],
                "get": {
                    "operationId": "list",
                    "tags": ["plans"],
                    "security": [{"internal": []}],
                    "responses": {
                        "200": {"content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}}
                    },
                },
                "post": {"operationId": "open", "tags": ["plans"], "security": [], "responses": {}},
            }
        },
        "components": {
            "schemas": {schema: {"properties": {"inner": {"items": {"$ref": f"#/components/schemas/{schema}"}}}}},
            "parameters": {"id": {"name": "id"}},
            "securitySchemes": {"internal": {"type": "http", "scheme": "bearer"}},
        },
        "tags": [{"name": "plans", "description": "x"}],
    }


def references(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "$ref":
                yield inner
            else:
                yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def follow(document, reference):
    at = document
    for key in reference.removeprefix("#/").split("/"):
        at = at[key]
    return at


def test_components_of_the_same_name_live_side_by_side_and_every_reference_holds():
    merged = merge(
        {"appraisal": a_document("/api/v1/appraisal/plans"), "training": a_document("/api/v1/training/needs")}
    )
    assert set(merged["components"]["schemas"]) == {"appraisal.Problem", "training.Problem"}
    found = list(references(merged))
    assert len(found) == 6
    for reference in found:
        assert follow(merged, reference)


def test_operations_keep_apart_and_share_one_way_of_signing_in():
    merged = merge(
        {"appraisal": a_document("/api/v1/appraisal/plans"), "training": a_document("/api/v1/training/needs")}
    )
    operations = [item[method] for item in merged["paths"].values() for method in ("get", "post")]
    assert len({operation["operationId"] for operation in operations}) == 4
    assert list(merged["components"]["securitySchemes"]) == ["bearer"]
    assert merged["paths"]["/api/v1/training/needs"]["get"]["security"] == [{"bearer": []}]
    assert merged["paths"]["/api/v1/training/needs"]["post"]["security"] == []
    assert {tag["name"] for tag in merged["tags"]} == {"appraisal: plans", "training: plans"}


def test_two_services_cannot_describe_one_path():
    with pytest.raises(ValueError, match="two services describe /x; one of them is training"):
        merge({"appraisal": a_document("/x"), "training": a_document("/x")})


def test_the_inputs_are_left_as_they_were():
    document = a_document("/x")
    before = json.dumps(document)
    merge({"appraisal": document})
    assert json.dumps(document) == before


def test_documents_are_read_by_their_service_and_the_etag_follows_the_content(tmp_path):
    (tmp_path / "training.openapi.json").write_text(json.dumps(a_document("/x")))
    (tmp_path / "notes.json").write_text("{}")
    (tmp_path / "broken.openapi.json").write_text("")
    documents = read_documents(tmp_path)
    assert list(documents) == ["training"]
    one = Catalogue.of(documents)
    assert one.etag == Catalogue.of(documents).etag
    assert one.etag != Catalogue.of({"training": a_document("/y")}).etag
