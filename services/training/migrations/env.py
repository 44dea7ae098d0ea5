from chassis.db.migration import run_environment
from training.persistence.models import Base

run_environment(Base.metadata)
