"""The events that service_name consumes: people, units and their time, from personnel."""

from chassis.consumers import Consumers
from directory.consuming import keep_directory

consumers = Consumers("service_name")
keep_directory(consumers)
