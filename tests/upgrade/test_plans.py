"""Plans of the former release become versions and links, and what its processes write beside this one is taken over."""

import json

import pytest
from psycopg.types.json import Jsonb

from appraisal.domain.canonical import digest_of
from appraisal.domain.plan_content import Content
from chassis.db.migration import upgrade
from chassis.db.migration_files import migrations_of
from chassis.ids import new_id
from chassis.views import decode_as

ACTOR, PARENT, OTHER = new_id(), new_id(), new_id()
VERSIONS = "SELECT number, state, content -> 'work_results' -> 0 ->> 'title', submitted_by, agreed_by FROM plan_version"
LINKS = "SELECT parent_work_result_id, ended_at IS NULL FROM result_link WHERE plan_id = %s ORDER BY linked_at, id"


@pytest.fixture(scope="module")
def upgraded(previous, read_all):
    url = previous("appraisal")
    upgrade(url, migrations_of("appraisal"))
    with read_all(url) as connection:
        yield connection


class FormerRelease:
    """Its statements on one plan: content and state in the plan's row, a snapshot with each submission."""

    def __init__(self, connection):
        self.connection = connection
        self.employee, self.plan, self.result = new_id(), new_id(), new_id()

    def content(self, title, parent=None):
        result = {"id": str(self.result), "kind": "MAIN", "title": title, "perspective": None, "indicators": []}
        result |= {"parent_work_result_id": parent and str(parent)}
        return {"model": "QUALITATIVE", "annex": {}, "behaviour_expectations": [], "work_results": [result]}

    def create(self, title, parent=None):
        self.connection.execute(
            "INSERT INTO plan (id, agency_id, employee_id, year, unit_id, model, state, plan_version, version, content, "
            "created_at, updated_at) VALUES (%s, 'a', %s, 2031, %s, 'QUALITATIVE', 'DRAFT', 1, 1, %s, now(), now())",
            (self.plan, self.employee, ACTOR, Jsonb(self.content(title, parent))),
        )

    def edit(self, title, parent=None):
        self.connection.execute(
            "UPDATE plan SET content = %s, version = version + 1, updated_at = clock_timestamp() WHERE id = %s",
            (Jsonb(self.content(title, parent)), self.plan),
        )

    def move(self, move, state, number=1, active=None):
        self.connection.execute(
            "WITH moved AS (UPDATE plan p SET state = %s, plan_version = %s, active_version = %s, version = version + 1, "
            "content = coalesce(CAST(NULL AS jsonb), p.content) WHERE id = %s RETURNING p.*) "
            "INSERT INTO plan_move (id, agency_id, plan_id, plan_version, move, from_state, to_state, actor, reason, "
            "content, capacity, at) SELECT gen_random_uuid(), agency_id, id, plan_version, %s, '', state, %s, '', "
            "CASE WHEN %s = 'SUBMIT' THEN content END, 'APPRAISER', clock_timestamp() FROM moved",
            (state, number, active, self.plan, move, str(ACTOR), move),
        )

    def versions(self):
        return self.connection.execute(f"{VERSIONS} WHERE plan_id = %s ORDER BY number", (self.plan,)).fetchall()

    def links(self):
        return self.connection.execute(LINKS, (self.plan,)).fetchall()


def test_every_plan_has_the_version_that_it_had_and_every_link(upgraded):
    without = "SELECT count(*) FROM plan p WHERE NOT EXISTS (SELECT 1 FROM plan_version v WHERE v.plan_id = p.id AND v.number = {})"
    for number in ("p.plan_version", "coalesce(p.active_version, p.plan_version)"):
        assert upgraded.execute(without.format(number)).fetchone() == (0,)
    count = "SELECT count(*) FROM plan p, jsonb_array_elements(p.content -> 'work_results') r WHERE r ->> 'parent_work_result_id' IS NOT NULL"
    (linked,) = upgraded.execute(count).fetchone()
    assert linked > 50
    assert upgraded.execute("SELECT count(*) FROM result_link WHERE ended_at IS NULL").fetchone() == (linked,)
    states = upgraded.execute(
        "SELECT DISTINCT v.state FROM plan_version v JOIN plan p ON p.id = v.plan_id AND p.active_version = v.number"
    )
    assert states.fetchall() == [("AGREED",)]


def test_a_hash_of_the_migration_is_the_one_that_the_service_computes(upgraded):
    former = FormerRelease(upgraded)
    former.create('Layanan "daring" \\ é\t/ \u200b ' + chr(127))
    rows = upgraded.execute("SELECT content, sha256 FROM plan_version ORDER BY plan_id LIMIT 20").fetchall()
    rows += upgraded.execute("SELECT content, sha256 FROM plan_version WHERE plan_id = %s", (former.plan,)).fetchall()
    for content, sha256 in rows:
        assert digest_of(decode_as(json.dumps(content).encode(), Content)) == sha256


def test_what_a_process_of_the_former_release_writes_becomes_versions(upgraded):
    former = FormerRelease(upgraded)
    former.create("Pertama")
    former.edit("Kedua")
    assert former.versions() == [(1, "DRAFT", "Kedua", None, None)]
    former.move("SUBMIT", "SUBMITTED")
    assert former.versions() == [(1, "SUBMITTED", "Kedua", ACTOR, None)]
    former.move("RETURN", "RETURNED")
    former.edit("Ketiga")
    assert former.versions() == [(1, "DRAFT", "Ketiga", None, None)]
    former.move("SUBMIT", "SUBMITTED")
    former.move("ACTIVATE", "ACTIVE", 1, 1)
    former.move("REVISE", "REVISED", 2, 1)
    former.edit("Keempat")
    assert former.versions() == [(1, "AGREED", "Ketiga", ACTOR, ACTOR), (2, "DRAFT", "Keempat", None, None)]


def test_a_link_of_the_former_release_becomes_a_row_and_ends_only_what_it_has_read(upgraded):
    former = FormerRelease(upgraded)
    former.create("Pertama", PARENT)
    former.edit("Pertama", OTHER)
    assert former.links() == [(PARENT, False), (OTHER, True)]
    former.edit("Pertama")
    assert former.links() == [(PARENT, False), (OTHER, False)]
    # this release links meanwhile, and a process of the former one, which reads no parent, edits the text
    upgraded.execute(
        "INSERT INTO result_link (id, agency_id, plan_id, work_result_id, parent_work_result_id, linked_at) "
        "VALUES (gen_random_uuid(), 'a', %s, %s, %s, clock_timestamp())",
        (former.plan, former.result, PARENT),
    )
    former.edit("Kedua")
    assert former.links()[-1] == (PARENT, True)


def test_a_version_that_was_agreed_is_not_overwritten_and_a_withdrawn_revision_is_read_by_nobody(upgraded):
    former = FormerRelease(upgraded)
    former.create("Pertama")
    former.move("SUBMIT", "SUBMITTED")
    former.move("ACTIVATE", "ACTIVE", 1, 1)
    former.edit("Terselip")
    assert former.versions()[0][2] == "Pertama"
    former.edit("Pertama")
    former.move("REVISE", "REVISED", 2, 1)
    former.edit("Rancangan")
    upgraded.execute("UPDATE plan_version SET state = 'WITHDRAWN' WHERE plan_id = %s AND number = 2", (former.plan,))
    upgraded.execute("UPDATE plan SET state = 'ACTIVE', plan_version = 1 WHERE id = %s", (former.plan,))
    read = upgraded.execute("SELECT content -> 'work_results' -> 0 ->> 'title' FROM plan WHERE id = %s", (former.plan,))
    assert read.fetchone() == ("Pertama",)


def test_an_edit_of_this_release_is_read_by_the_former_one(upgraded):
    former = FormerRelease(upgraded)
    former.create("Pertama")
    update = "UPDATE plan_version SET content = %s WHERE plan_id = %s AND number = 1"
    upgraded.execute(update, (Jsonb(former.content("Kedua")), former.plan))
    read = upgraded.execute("SELECT content -> 'work_results' -> 0 ->> 'title' FROM plan WHERE id = %s", (former.plan,))
    assert read.fetchone() == ("Kedua",)
