"""Extend the rating windows of periods by outages, or take back what a withdrawn one made."""

from collections.abc import Iterator

from appraisal.domain.outages import Outage, Outages
from appraisal.domain.rating_windows import ExtendedWindow
from appraisal.persistence.periods import periods_of_year
from appraisal.persistence.rules import insert_extension, list_extensions, load_setting, withdraw_extensions
from chassis.ids import new_id
from chassis.unit_of_work import Transaction


def windows_near(tx: Transaction, outages: Outages, outage: Outage) -> Iterator[ExtendedWindow]:
    """Return the windows that an outage may touch, with what extends each now."""
    setting = load_setting(tx)
    for year in outages.years(outage):
        made = list_extensions(tx, year)
        for row in periods_of_year(tx, year):
            by_rule = setting.window(row.period).closes_on
            own = tuple(one for one in made if one.quarter == row.period.quarter)
            yield ExtendedWindow(row.period, row.opens_on, by_rule, own)


def extend_windows(tx: Transaction, outages: Outages, outage: Outage) -> None:
    """Extend each window that was open during an outage; `outages` holds it already."""
    for window in windows_near(tx, outages, outage):
        closes_on = window.closes_with(outages)
        if closes_on > window.closes_on:
            insert_extension(tx, window.extended_by(new_id(), outage, closes_on, tx.now))


def shorten_windows(tx: Transaction, outages: Outages, withdrawn: Outage) -> None:
    """Let each window that an outage extended end when it would without it; `outages` holds it no longer."""
    for window in windows_near(tx, outages, withdrawn):
        closes_on = window.closes_with(outages)
        if closes_on < window.closes_on:
            withdraw_extensions(tx, window.by_outages)
            if closes_on > window.by_hand:
                insert_extension(tx, window.extended_by(new_id(), outages.outages[-1], closes_on, tx.now))
