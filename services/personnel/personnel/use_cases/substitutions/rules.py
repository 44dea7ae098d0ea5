"""What must be true of the people of a substitution."""

from uuid import UUID

from chassis.auth import Principal, need_other
from chassis.errors import FieldError, InvalidInput, OwnAffair
from chassis.unit_of_work import Transaction
from personnel.domain.concerned import ReportingContext, own_concerns
from personnel.domain.substitution import Substitution, require_in_service
from personnel.domain.timeline import stretches
from personnel.persistence.employees import exists, names_of
from personnel.persistence.officials import official_exists
from personnel.persistence.records import records_of, records_of_many
from personnel.persistence.substitutions import substitutions_of
from personnel.persistence.unit_records import timelines_upward


def require_not_own(tx: Transaction, actor: Principal, substitution: Substitution) -> None:
    """Raise OwnAffair for an officer whom it concerns.

    That is the substitute, the official, whoever is named among those to be appraised, and where nobody is named or a
    unit is led, whoever stands below the official on one of its days: they would choose their own appraiser or leader.
    """
    for one in (substitution.substitute_id, substitution.in_place_of_id, *(substitution.employee_ids or ())):
        need_other(actor, one)
    if actor.employee_id is None:
        return
    faults = own_concerns(substitution, _context_of(tx, actor.employee_id))
    if faults:
        raise OwnAffair(errors=faults)


def require_fitting(tx: Transaction, substitution: Substitution, *, before: Substitution | None = None) -> None:
    """Raise SubstituteNotInService, OwnAppraisal or SubstitutionOverlaps; of one that is extended, for its new days."""
    records = records_of(tx, substitution.substitute_id)
    require_in_service(substitution, stretches(records), before)
    substitution.require_of_others(records.superiors)
    substitution.require_alone(substitutions_of(tx, substitution.in_place_of_id))


def _context_of(tx: Transaction, employee_id: UUID) -> ReportingContext:
    own = stretches(records_of(tx, employee_id))
    records = records_of_many(tx, sorted({one.superior_id for one in own if one.superior_id is not None}))
    superiors = {one: stretches(records[one]) for one in records}
    return ReportingContext(own, superiors, timelines_upward(tx, {one.unit_id for one in own}))


def require_known(tx: Transaction, substitution: Substitution) -> None:
    """Raise InvalidInput for an official, a substitute or people who are unknown in this agency."""
    official, people = substitution.in_place_of_id, substitution.employee_ids or ()
    errors = []
    if not (exists(tx, official) or official_exists(tx, official)):
        expected = "Pilih pegawai atau pejabat luar yang terdaftar di instansi ini."
        errors.append(FieldError("in_place_of_id", "official_unknown", official, expected))
    known = names_of(tx, [substitution.substitute_id, *people])
    if substitution.substitute_id not in known:
        expected = "Pilih pegawai instansi ini."
        errors.append(FieldError("substitute_id", "employee_unknown", substitution.substitute_id, expected))
    errors += [
        FieldError(f"employee_ids.{number}", "employee_unknown", one, "Pilih pegawai instansi ini.")
        for number, one in enumerate(people)
        if one not in known
    ]
    if errors:
        raise InvalidInput(errors=errors)
