"""What jobs store between their steps is read by the version before and after."""

import json
from datetime import date
from uuid import UUID

import pytest

from chassis.jobs import Job
from chassis.views import encode
from incentive.use_cases.allowance_runs import calculate
from incentive.use_cases.imports import continue_import

SOMEBODY = "01890000-0000-7000-8000-000000000001"


@pytest.mark.parametrize(
    ("stored", "progress"),
    [
        ({"phase": "lines", "after": SOMEBODY}, calculate.Progress(calculate.Phase.LINES, UUID(SOMEBODY))),
        ({"phase": "corrections"}, calculate.Progress(calculate.Phase.CORRECTIONS)),
        (
            {"phase": "corrections", "after": SOMEBODY, "month": "2026-06-01"},
            calculate.Progress(calculate.Phase.CORRECTIONS, UUID(SOMEBODY), date(2026, 6, 1)),
        ),
        ({"offset": 120, "changed": 3}, continue_import.Progress(changed=3, offset=120)),
    ],
)
def test_a_cursor_is_stored_as_it_always_was(stored, progress):
    job = Job(UUID(SOMEBODY), "kemcontoh", {}, stored, b"", None, 0, None, 0)
    assert job.cursor_as(type(progress)) == progress
    assert json.loads(encode(progress)) == stored


def test_rows_of_a_file_that_was_uploaded_before_are_read():
    content = b'{"line": 2, "cells": {"nip": "1"}}\n{"line": 3, "duplicate_of": 2, "employee_id": "%s", "cells": {}}'
    rows, offset = continue_import.read_rows(content % SOMEBODY.encode(), 0)
    assert [(row.line, row.employee_id, row.duplicate_of) for row in rows] == [(2, None, None), (3, UUID(SOMEBODY), 2)]
    assert offset > len(content)
