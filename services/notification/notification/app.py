"""The API: inbox and choices of people, subscriptions and feed of other agencies."""

from flask import Flask, current_app

from chassis.http import create_app as make_app
from notification.http.access import OUTSIDE
from notification.http.emails import blp as emails
from notification.http.feed import blp as feed
from notification.http.grants import blp as grants
from notification.http.inbox import blp as inbox
from notification.http.preferences import blp as preferences
from notification.http.subscriptions import blp as subscriptions
from notification.persistence.template_files import RejectedTemplates, template_book, topics
from notification.persistence.waiting import Waiting
from notification.settings import Settings
from notification.use_cases.outside import make_outside
from operations import operations_blueprint


def create_app(settings: Settings) -> Flask:
    topics()
    book = template_book(settings.contracts_dir)
    app = make_app(
        settings,
        title="Suar: notification",
        blueprints=[inbox, preferences, emails, grants, subscriptions, feed, operations_blueprint],
        largest_body=1024 * 1024,
        collectors=[Waiting(lambda: current_app.extensions["suar_work"].database.engine), RejectedTemplates(book)],
    )
    app.extensions[OUTSIDE] = make_outside(
        keys=settings.sealing_keys, reach=settings.reach, ca_file=settings.webhook_ca_file or None,
        patience_days=settings.webhook_patience_days, exchange=f"{settings.bus_namespace}.events",
    )  # fmt: skip
    return app
