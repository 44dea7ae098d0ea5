"""What an operator can ask for in vain."""

from chassis.errors import Conflict


class EventNotDiscarded(Conflict):
    code = "event_not_discarded"
    title = "Only discarded events can be archived"
    sentence = "Hanya peristiwa yang sudah dibuang dapat diarsipkan; yang disebut belum dibuang atau tidak ada."


class EventNotEditable(Conflict):
    code = "event_not_editable"
    title = "Only a parked event that is well-formed can be edited"
    sentence = "Hanya peristiwa yang diparkir dan terbaca dapat disunting; yang disebut tidak demikian."
