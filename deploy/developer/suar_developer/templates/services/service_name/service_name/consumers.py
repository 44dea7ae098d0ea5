"""The events that service_name consumes: who is employed, from personnel."""

from chassis.consumers import Consumers
from directory.people import Employment
from directory.projection import keep_latest
from service_name.persistence import models

consumers = Consumers("service_name")
keep_latest(consumers, "EmployeeChanged", Employment, models.Employee, "employee")
