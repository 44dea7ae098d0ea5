"""The one-time token of a survey: it proves that its bearer may answer, and for which unit, but not who it is.

The token is sealed with the survey's own secret and never stored, neither when it is issued nor beside a name. Only
when it is used is a digest of it stored, so that it works once. So the database holds no pair of rows that could tie a
person to a token, not even by having been written together.
"""

import secrets
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from itsdangerous import BadData, URLSafeSerializer

from wellbeing.domain.errors import SurveyTokenInvalid

_SALT = "suar.wellbeing.ballot"


@dataclass(frozen=True)
class Ballot:
    agency_id: str
    survey_id: UUID
    unit_id: UUID


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def seal(ballot: Ballot, secret: str) -> str:
    """Return a token. Two tokens of the same unit differ by a random number that is not stored."""
    content = [ballot.agency_id, ballot.survey_id.hex, ballot.unit_id.hex, secrets.token_urlsafe(16)]
    return _serializer(secret).dumps(content)


def read_claim(token: str) -> Ballot:
    """Return what a token claims, to find the survey whose secret verifies it. Raise SurveyTokenInvalid."""
    try:
        _, content = _serializer("").loads_unsafe(token)
        agency_id, survey_id, unit_id, nonce = content
        if not isinstance(agency_id, str) or not isinstance(nonce, str):
            raise SurveyTokenInvalid
        return Ballot(agency_id, UUID(survey_id), UUID(unit_id))
    except (TypeError, ValueError, AttributeError) as error:
        raise SurveyTokenInvalid from error


def verified_digest(token: str, secret: str) -> str:
    """Verify the seal and return the digest under which a used token is stored. Raise SurveyTokenInvalid.

    The digest is of the random number inside, not of the text: a seal may be written in several ways, and each would
    be another vote.
    """
    try:
        *_, nonce = _serializer(secret).loads(token)
    except BadData as error:
        raise SurveyTokenInvalid from error
    return sha256(str(nonce).encode()).hexdigest()


def _serializer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt=_SALT, signer_kwargs={"digest_method": sha256, "key_derivation": "hmac"})
