"""The events of personnel that appraisal consumes: the time of people and units, kept in the directory."""

from appraisal.use_cases.directory.follow_offices import follow_officials, follow_substitutions
from appraisal.use_cases.directory.follow_timelines import follow_timelines
from chassis.consumers import Consumers
from directory.consuming import keep_directory
from directory.keeping import Hooks

consumers = Consumers("appraisal")
keep_directory(
    consumers,
    Hooks(
        on_people_changed=follow_timelines,
        on_substitutions_changed=follow_substitutions,
        on_officials_changed=follow_officials,
    ),
)
