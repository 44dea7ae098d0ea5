"""Extend the rating windows of periods by outages, or take back what a withdrawn one made."""

from collections.abc import Iterator

from appraisal.domain.outages import Outage, Outages
from appraisal.domain.periods import rating_window
from appraisal.domain.rating_windows import ExtendedWindow
from appraisal.persistence.periods import close_period_on, rows_of_year
from appraisal.persistence.rules import insert_extension, list_extensions, load_setting, withdraw_extensions
from chassis.ids import new_id
from chassis.unit_of_work import Transaction


def windows_near(tx: Transaction, outages: Outages, outage: Outage) -> Iterator[ExtendedWindow]:
    """Return the windows that an outage may touch, with what extends each now."""
    setting = load_setting(tx)
    for year in outages.years(outage):
        made = list_extensions(tx, year)
        for row in rows_of_year(tx, year):
            rule = setting.rules_of(row).rating_window(row.last_day, annual=row.period.is_year)
            own = tuple(one for one in made if one.period == row.period)
            yield ExtendedWindow(row.period, row.opens_on, rating_window(rule, row.period).closes_on, own)


def extend_windows(tx: Transaction, outages: Outages, outage: Outage) -> None:
    """Extend each window that was open during an outage; `outages` holds it already."""
    for window in windows_near(tx, outages, outage):
        closes_on = window.closes_with(outages)
        if closes_on > window.closes_on:
            insert_extension(tx, window.extended_by(new_id(), outage, closes_on, tx.now))
            close_period_on(tx, window.period, closes_on)


def shorten_windows(tx: Transaction, outages: Outages, withdrawn: Outage) -> None:
    """Let each window that an outage extended end when it would without it; `outages` holds it no longer."""
    for window in windows_near(tx, outages, withdrawn):
        closes_on = window.closes_with(outages)
        if closes_on < window.closes_on:
            withdraw_extensions(tx, window.by_outages)
            if closes_on > window.by_hand:
                insert_extension(tx, window.extended_by(new_id(), outages.outages[-1], closes_on, tx.now))
            close_period_on(tx, window.period, closes_on)
