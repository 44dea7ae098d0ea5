"""Write to the handler of a report, by its secret code. Nobody signs in."""

from chassis.unit_of_work import UnitOfWork

from .follow_report import ReportView, found_by_code, report_view
from .write_message import write_message


def write_to_report(work: UnitOfWork, code: str, text: str) -> ReportView:
    with found_by_code(work, code) as (tx, ticket):
        write_message(tx, ticket, text, from_reporter=True)
        return report_view(tx, ticket)
