"""The one place where a process gets its unit of work."""

from chassis.bus.contracts import Contracts
from chassis.clock import make_clock
from chassis.db import Database
from chassis.settings import BaseSettings
from chassis.unit_of_work import UnitOfWork


def make_unit_of_work(settings: BaseSettings, *, process: str) -> UnitOfWork:
    """Wire database, clock and contracts, for a worker or an API process."""
    database = Database.connect(
        settings.database_url, pool_size=settings.pool_size, application=f"{settings.service}-{process}"
    )
    return UnitOfWork(database, make_clock(settings.clock_file), Contracts(settings.contracts_dir))
