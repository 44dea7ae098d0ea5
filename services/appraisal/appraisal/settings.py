"""What the appraisal service reads from its environment."""

from dataclasses import dataclass

from chassis.settings import BaseSettings, setting

SERVICE = "appraisal"


def _days(text: str) -> int:
    days = int(text)
    if not 1 <= days <= 30:  # noqa: PLR2004
        raise ValueError("must be 1 to 30")
    return days


@dataclass(frozen=True, kw_only=True)
class Settings(BaseSettings):
    """Numbers of the field are reference data; here is who names people on papers, and where papers are verified."""

    personnel_url: str = setting(
        "PERSONNEL_URL", default="", help="base URL of personnel, http://host:port or unix:/path; empty: no documents"
    )
    personnel_timeout: float = setting(
        "PERSONNEL_TIMEOUT_SECONDS", default=10.0, parse=float, help="deadline of one question for names"
    )
    public_base_url: str = setting(
        "PUBLIC_BASE_URL", default="http://localhost:8080", help="where the addresses printed on documents lead"
    )
    document_files_retention_days: int = setting(
        "DOCUMENT_FILES_RETENTION_DAYS",
        default=7,
        parse=_days,
        help="how long documents made in bulk can be downloaded",
    )
