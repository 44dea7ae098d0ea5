"""The second factor of a sign-in: a code of six digits that changes every 30 seconds (RFC 6238), or a recovery code."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated
from uuid import UUID

import pyotp
from msgspec import Meta
from pyotp.utils import strings_equal

from gateway.domain.errors import SecondFactorNeeded, SecondFactorNotBegun
from gateway.domain.one_time_code import code_digest, make_code

PERIOD = 30
# A phone's clock may be one step behind or ahead.
STEPS_BESIDE = (-1, 0, 1)
RECOVERY_CODES = 10


@dataclass(frozen=True)
class SecondFactor:
    """`sealed` is the secret in use, `pending` one that has yet to be confirmed; both are encrypted.

    `last_step`: a code that was used, or an older one, is not good again. Of recovery codes only digests are stored.
    """

    account_id: UUID
    sealed: bytes | None = None
    pending: bytes | None = None
    confirmed_at: datetime | None = None
    last_step: int = 0
    recovery: tuple[str, ...] = ()

    @property
    def is_confirmed(self) -> bool:
        return self.sealed is not None

    def begun(self, sealed: bytes) -> "SecondFactor":
        """Return it with a new secret that waits for its first code; the present one stays until then."""
        return replace(self, pending=sealed)

    def confirmed(self, secret: str | None, code: str, now: datetime, recovery: tuple[str, ...]) -> "SecondFactor":
        """Return it with the pending secret in use. Raise SecondFactorNotBegun, or SecondFactorNeeded."""
        if self.pending is None or secret is None:
            raise SecondFactorNotBegun
        step = step_of(secret, code, now)
        if step is None:
            raise SecondFactorNeeded
        return SecondFactor(self.account_id, self.pending, None, now, step, tuple(_digest(one) for one in recovery))

    def used(self, secret: str | None, code: str, now: datetime) -> "SecondFactor":
        """Return it with the code used up. Raise SecondFactorNeeded for one that is wrong, used or too old.

        The secret is None where it cannot be read any more: recovery codes are good without it.
        """
        if _digest(code) in self.recovery:
            return replace(self, recovery=tuple(one for one in self.recovery if one != _digest(code)))
        step = None if secret is None else step_of(secret, code, now)
        if step is None or step <= self.last_step:
            raise SecondFactorNeeded
        return replace(self, last_step=step)


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """Return the step of 30 seconds whose code this is, near now; None for a wrong one. Each is compared alike."""
    made, here = pyotp.TOTP(secret, interval=PERIOD), int(now.timestamp()) // PERIOD
    typed = code.replace(" ", "")
    steps = [here + beside for beside in STEPS_BESIDE]
    return max((step for step in steps if strings_equal(made.generate_otp(step), typed)), default=None)


def make_recovery_codes(choose: Callable[[str], str]) -> tuple[str, ...]:
    return tuple(make_code(choose) for _ in range(RECOVERY_CODES))


def _digest(code: str) -> str:
    return code_digest(code).hex()


@dataclass(frozen=True)
class NewSecondFactorView:
    """A secret for an authenticator app, which is shown this once."""

    secret: Annotated[str, Meta(description="shown this once; type it into the app, or let it read the address")]
    address: Annotated[str, Meta(description="otpauth://…, as a QR code shows it")]


@dataclass(frozen=True)
class RecoveryCodesView:
    """Each opens one sign-in in place of a code, when the phone is lost."""

    recovery_codes: Annotated[tuple[str, ...], Meta(description="shown this once; keep them on paper")]
