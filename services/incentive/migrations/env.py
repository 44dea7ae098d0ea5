from chassis.db.migration import run_environment
from incentive.persistence.models import Base

run_environment(Base.metadata)
