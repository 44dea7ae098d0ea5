"""List who is at risk now, by the last periodic predicates."""

from appraisal.authorisation import self_of, visible_units
from appraisal.domain.early_warnings import EarlyWarningsView, EarlyWarningView
from appraisal.persistence.overviews import recent_predicates
from appraisal.persistence.rules import load_setting
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork


def list_early_warnings(work: UnitOfWork, actor: Principal) -> EarlyWarningsView:
    """HR: the agency; a unit's leader: that unit and those below; an appraiser: their own subordinates.

    The predicate itself is shown only to those who may read the evaluation: HR, and the appraiser.
    """
    with work.transaction(actor.agency_id) as tx:
        units = visible_units(tx, actor)
        setting = load_setting(tx)
        rule = setting.rules.follow_up(setting.today)
        appraiser_id = None if units is None else self_of(actor)
        found = recent_predicates(tx, rule, setting.today, units=units, appraiser_id=appraiser_id)
        audit.record(tx, actor, "early_warnings_read", "early_warning_list", appraiser_id or "all")
        return EarlyWarningsView(
            tuple(
                EarlyWarningView.of(recent, rule, readable=units is None or recent.appraiser_id == appraiser_id)
                for recent in found
            )
        )
