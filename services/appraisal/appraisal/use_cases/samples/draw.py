"""Draw a sample of a period's finished evaluations, for a recorded reason."""

import secrets

from appraisal.authorisation import inspector_of
from appraisal.domain.cycle import require_row
from appraisal.domain.sample import DrawnBy, DrawSample, Sample, SampleMember
from appraisal.domain.sample_views import SampleView
from appraisal.domain.sampling import draw
from appraisal.persistence.people import load_unit, units_below
from appraisal.persistence.periods import rows_of_year
from appraisal.persistence.samples import insert_sample, load_population
from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from directory.questions import today


def draw_sample(work: UnitOfWork, actor: Principal, command: DrawSample) -> SampleView:
    """What is about the inspector, or was rated by them, is not drawn; the tree is that of the period's last day."""
    inspector = inspector_of(actor)
    with work.transaction(actor.agency_id) as tx:
        require_row(rows_of_year(tx, command.year), command.period)
        units = None
        if command.unit_id is not None:
            load_unit(tx, command.unit_id, today(tx))
            units = units_below(tx, [command.unit_id], command.period.last_day)
        population = load_population(tx, command.period, units, inspector=inspector)
        seed = command.seed or secrets.token_hex(16)
        found = draw(population, command.wanted.of(len(population)), seed, by_predicate=command.by_predicate)
        sample = Sample.made(new_id(), command, found, DrawnBy(inspector, tx.now, seed))
        members = [
            SampleMember(sample.id, one.evaluation_id, one.employee_id, one.predicate, position)
            for position, one in enumerate(found.members, 1)
        ]
        insert_sample(tx, sample, members)
        detail = {"year": sample.year, "drawn": sample.drawn, "order_reference": sample.order_reference}
        audit.record(tx, actor, "sample_drawn", "sample", sample.id, **detail)
        return SampleView.of(sample)
