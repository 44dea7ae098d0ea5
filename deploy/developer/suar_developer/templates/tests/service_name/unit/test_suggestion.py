"""Who may file a suggestion."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from service_name.domain.errors import AuthorNotInService
from service_name.domain.suggestion import FileSuggestion, Suggestion

NOW = datetime(2026, 7, 6, 3, tzinfo=UTC)


def file(*, in_service):
    return Suggestion.filed(uuid4(), uuid4(), FileSuggestion("Ruang baca"), NOW, in_service=in_service)


def test_everybody_in_service_may():
    assert (file(in_service=True).text, file(in_service=True).filed_at) == ("Ruang baca", NOW)


def test_who_has_left_may_not():
    with pytest.raises(AuthorNotInService):
        file(in_service=False)
