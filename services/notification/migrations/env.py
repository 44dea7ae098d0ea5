"""How this service's migrations run."""

from chassis.db.migration import run_environment
from notification.persistence.models import Base

run_environment(Base.metadata)
