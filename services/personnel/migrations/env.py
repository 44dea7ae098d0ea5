from chassis.db.migration import run_environment
from personnel.persistence.models import Base

run_environment(Base.metadata)
