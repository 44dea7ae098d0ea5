from chassis.db.migration import run_environment
from wellbeing.persistence.models import Base

run_environment(Base.metadata)
