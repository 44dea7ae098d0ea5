"""What comes in about e-mail."""

from chassis.http import PageQuery, Schema
from chassis.http.fields import choice
from notification.domain.email import EmailState
from notification.http.fields import email_address


class EmailsQuery(PageQuery):
    state = choice(EmailState, load_default=None)


class MailboxIn(Schema):
    email = email_address(required=True)
