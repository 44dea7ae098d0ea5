from chassis.db.migration import run_environment
from gateway.persistence.models import Base

run_environment(Base.metadata)
