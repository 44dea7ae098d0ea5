"""What must be true of the people of a substitution."""

from chassis.auth import Principal, need_other
from chassis.errors import FieldError, InvalidInput
from chassis.unit_of_work import Transaction
from directory.people import EmployeeStatus
from personnel.domain.errors import SubstituteNotInService
from personnel.domain.substitution import Substitution
from personnel.persistence.employees import exists, find_employee, names_of
from personnel.persistence.officials import official_exists
from personnel.persistence.records import records_of
from personnel.persistence.substitutions import substitutions_of


def require_not_own(actor: Principal, substitution: Substitution) -> None:
    """Raise OwnAffair for an officer who is the substitute, the official, or named among those to be appraised."""
    for one in (substitution.substitute_id, substitution.in_place_of_id, *(substitution.employee_ids or ())):
        need_other(actor, one)


def require_fitting(tx: Transaction, substitution: Substitution) -> None:
    """Raise SubstituteNotInService, OwnAppraisal or SubstitutionOverlaps."""
    substitute = find_employee(tx, substitution.substitute_id)
    if substitute is None or substitute.status is not EmployeeStatus.ACTIVE:
        raise SubstituteNotInService
    substitution.require_of_others(records_of(tx, substitute.id).superiors)
    substitution.require_alone(substitutions_of(tx, substitution.in_place_of_id))


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
