"""What jobs store between their steps is read by the version before and after."""

import json
from uuid import UUID

import pytest

from chassis.jobs import Job
from chassis.views import encode
from training.use_cases.imports import import_rows
from training.use_cases.standards import compare_post

SOMEBODY = "01890000-0000-7000-8000-000000000001"


@pytest.mark.parametrize(
    ("stored", "progress"),
    [
        ({"next": 200, "saved": 150, "unchanged": 40, "refused": 10}, import_rows.Progress(150, 40, 10, next=200)),
        ({"after": SOMEBODY}, compare_post.Progress(UUID(SOMEBODY))),
    ],
)
def test_a_cursor_is_stored_as_it_always_was(stored, progress):
    job = Job(UUID(SOMEBODY), "kemcontoh", {}, stored, b"", None, 0, None, 0)
    assert job.cursor_as(type(progress)) == progress
    assert json.loads(encode(progress)) == stored
