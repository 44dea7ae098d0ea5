"""What this service reads from the environment."""

from dataclasses import dataclass

from chassis.settings import BaseSettings, setting

SERVICE = "personnel"


@dataclass(frozen=True, kw_only=True)
class Settings(BaseSettings):
    import_limit_mb: int = setting("PERSONNEL_IMPORT_LIMIT_MB", default=50, parse=int, help="largest upload, megabytes")
    import_row_limit: int = setting(
        "PERSONNEL_IMPORT_ROW_LIMIT", default=200_000, parse=int, help="most rows in one import file"
    )
