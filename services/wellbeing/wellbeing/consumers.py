"""The events of personnel that wellbeing consumes: the time of people and units. No rating, and no name."""

from chassis.consumers import Consumers
from directory.consuming import keep_directory

consumers = Consumers("wellbeing")
keep_directory(consumers)
