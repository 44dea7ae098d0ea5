"""Settings of the incentive service; the only service it calls is personnel, which knows whose a NIP is."""

from dataclasses import dataclass

from chassis.settings import BaseSettings, setting

SERVICE = "incentive"


@dataclass(frozen=True, kw_only=True)
class Settings(BaseSettings):
    service: str = SERVICE
    personnel_url: str = setting(
        "PERSONNEL_URL", default="", help="base URL of personnel, http://host:port or unix:/path; empty: no NIP look-up"
    )
    personnel_timeout: float = setting(
        "PERSONNEL_TIMEOUT_SECONDS", default=10.0, parse=float, help="deadline of one look-up of NIPs"
    )
