"""The API: inbox and choices of people, subscriptions and feed of other agencies."""

from flask import Flask, current_app

from chassis.http import create_app as make_app
from notification.http import emails, feed, grants, inbox, preferences, quiet_hours, subscriptions
from notification.http.access import OUTBOUND
from notification.persistence.template_files import RejectedTemplates, template_book, topics
from notification.persistence.waiting import Waiting
from notification.settings import Settings
from operations import operations_blueprint


def create_app(settings: Settings) -> Flask:
    topics()
    book = template_book(settings.contracts_dir)
    modules = (inbox, preferences, emails, quiet_hours, grants, subscriptions, feed)
    app = make_app(
        settings,
        title="Suar: notification",
        blueprints=[*(module.blp for module in modules), operations_blueprint],
        largest_body=1024 * 1024,
        collectors=[Waiting(lambda: current_app.extensions["suar_work"].database.engine), RejectedTemplates(book)],
    )
    app.extensions[OUTBOUND] = settings.make_outbound_clients()
    return app
