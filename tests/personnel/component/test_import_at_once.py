"""Two uploads at the same moment: one import of an agency is under way at a time."""

import io
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest

from personnel.domain.record_file import COLUMNS
from personnel.use_cases.imports import start
from tests.personnel.builders import API, SITI, Ministry, csv_file
from tests.personnel.component.test_import_records import row


def test_of_two_uploads_at_once_one_is_refused(ministry: Ministry, monkeypatch: pytest.MonkeyPatch):
    ministry.populate()
    content = csv_file([row(SITI, "GOLONGAN", "2025-10-01", golongan="III/c", sebab="KOREKSI")], COLUMNS.all)
    both, running_import = Barrier(2), start.running_import

    def asked_by_both(*args):
        found = running_import(*args)
        with suppress(BrokenBarrierError):  # the other one waits for this one's commit
            both.wait(timeout=1)
        return found

    monkeypatch.setattr(start, "running_import", asked_by_both)

    def upload(_: int) -> int:
        address = f"{API}/imports/records?dry_run=false"
        client = ministry.service.client(ministry.principal)
        return client.post(address, data={"file": (io.BytesIO(content), "catatan.csv")}).status_code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(upload, range(2))) == [202, 409]
