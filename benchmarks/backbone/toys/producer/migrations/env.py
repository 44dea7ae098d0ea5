from producer.core import Base

from chassis.db.migration import run_environment

run_environment(Base.metadata)
