"""The events of personnel that wellbeing consumes: the time of people and units. No rating, no class, and no name."""

from chassis.consumers import Consumers
from directory.consuming import keep_directory

consumers = Consumers("wellbeing")
keep_directory(consumers, without_class=True)
