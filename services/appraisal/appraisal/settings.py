"""What the appraisal service reads from its environment."""

from dataclasses import dataclass

from chassis.settings import BaseSettings

SERVICE = "appraisal"


@dataclass(frozen=True, kw_only=True)
class Settings(BaseSettings):
    """Nothing beyond the base: every number of the field is reference data."""
