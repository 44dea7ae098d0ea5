"""What comes in with a suggestion."""

from chassis.http import Schema
from chassis.http.fields import text


class SuggestionIn(Schema):
    text = text()
