"""What a correction of a former release left open, in appraisal and in training, ends after the upgrade of both."""

import pytest

from appraisal.use_cases.follow_ups import catch_up
from chassis.db.migration import upgrade
from chassis.db.migration_files import migrations_of

CAUSES = "SELECT source_id, need_id FROM need_cause WHERE source = 'EVALUATION' ORDER BY id"
NEED = "SELECT state FROM need WHERE id = %s"
# As the previous release corrected: the evaluation has another rating, and the follow-up stays as it is.
RATED_ANEW = """
    INSERT INTO evaluation_version SELECT (jsonb_populate_record(v, jsonb_build_object(
        'id', gen_random_uuid(), 'revision', v.revision + 1, 'work_result', 'MEETS', 'behaviour', 'MEETS',
        'predicate', 'GOOD', 'order_reference', 'SK-7/2026', 'at', v.at + interval '30 days'))).*
    FROM evaluation_version v JOIN evaluation e ON e.id = v.evaluation_id AND e.revision = v.revision
    WHERE e.id = (SELECT evaluation_id FROM follow_up WHERE id = %s)
"""
CORRECTED = """
    UPDATE evaluation SET work_result = 'MEETS', behaviour = 'MEETS', predicate = 'GOOD', revision = revision + 1
    WHERE id = (SELECT evaluation_id FROM follow_up WHERE id = %s)
"""

# The tables of the previous release are cut: here are follow-ups whose evaluation is not.
CUT = "DELETE FROM follow_up WHERE evaluation_id NOT IN (SELECT id FROM evaluation)"


@pytest.fixture
def upgraded(previous, read_all, make_service):
    """Return how to make a service of its previous release's database, with changes made before the upgrade."""

    def make(owner, *statements):
        url = previous(owner)
        with read_all(url) as connection:
            for statement, values in statements:
                assert connection.execute(statement, values).rowcount
        upgrade(url, migrations_of(owner))
        return make_service(owner, {f"{owner.upper()}_DATABASE_URL": url}), read_all(url)

    return make


def test_needs_of_follow_ups_that_a_former_correction_left_open_are_cancelled(upgraded):
    training, needs = upgraded("training")
    (corrected, taken_back), (_, other) = needs.execute(CAUSES).fetchall()[:2]
    assert needs.execute(NEED, [taken_back]).fetchone() == needs.execute(NEED, [other]).fetchone() == ("OPEN",)
    appraisal, cases = upgraded("appraisal", (RATED_ANEW, [corrected]), (CORRECTED, [corrected]), (CUT, []))
    queued = cases.execute("SELECT agency_id, status FROM job WHERE kind = %s", [catch_up.JOB]).fetchall()
    (agency,) = cases.execute("SELECT DISTINCT agency_id FROM follow_up").fetchone()
    assert queued == [(agency, "QUEUED")]
    appraisal.run_jobs()
    state = cases.execute("SELECT state, outcome, close_reason FROM follow_up WHERE id = %s", [corrected]).fetchone()
    assert state[:2] == ("CLOSED", "NOT_NEEDED")
    assert "SK-7/2026" in state[2]
    published = appraisal.events(agency, "FollowUpClosed")
    assert [one["data"]["follow_up_id"] for one in published] == [str(corrected)]
    for one in published * 2:
        training.deliver_envelope(one)
    assert needs.execute(NEED, [taken_back]).fetchone() == ("CANCELLED",)
    assert needs.execute(NEED, [other]).fetchone() == ("OPEN",)
    assert training.deferred(agency) == []
