"""Explanations as their readers export them, and what the offline checker finds in them."""

from typing import Any

from chassis.auth import Principal
from suar_auditor.findings import Check, Result
from suar_auditor.reading import parse
from suar_auditor.verify import verify
from tests.appraisal.builders import Bureau


def exported(bureau: Bureau, evaluation: str, who: Principal | None = None, status: int = 200) -> Any:
    return bureau.call(who or bureau.siti, "GET", f"/evaluations/{evaluation}/explanation/export", status)


def checks_of(bureau: Bureau, evaluation: str, who: Principal | None = None) -> list[Check]:
    return list(verify(parse(exported(bureau, evaluation, who).data)))


def differing(checks: list[Check]) -> list[Check]:
    return [one for one in checks if one.result is Result.DIFFERS]


def agreed(bureau: Bureau, evaluation: str, who: Principal | None = None) -> dict[str, Check]:
    """Let the checker agree with what was exported; give its checks by code, the last of each."""
    found = checks_of(bureau, evaluation, who)
    assert differing(found) == []
    return {one.code: one for one in found}
