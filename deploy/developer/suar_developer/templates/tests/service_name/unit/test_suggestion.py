"""Who may file a suggestion."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from service_name.domain.errors import AuthorRetired
from service_name.domain.suggestion import FileSuggestion, Suggestion

NOW = datetime(2026, 7, 6, 3, tzinfo=UTC)


def file(status):
    return Suggestion.filed(uuid4(), uuid4(), status, FileSuggestion("Ruang baca"), NOW)


@pytest.mark.parametrize("status", ["ACTIVE", "STUDY_LEAVE", None])
def test_everybody_in_service_may(status):
    assert (file(status).text, file(status).filed_at) == ("Ruang baca", NOW)


def test_who_has_retired_may_not():
    with pytest.raises(AuthorRetired):
        file("RETIRED")
