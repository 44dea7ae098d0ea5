"""The condition that rows with a year, a quarter and a month are of a period."""

from sqlalchemy import ColumnElement, and_, func

from appraisal.domain.periods import Period
from appraisal.persistence import models

Dated = (
    type[models.Evaluation]
    | type[models.SegmentRating]
    | type[models.OwnRealisation]
    | type[models.OrgPredicate]
    | type[models.DistributionOverride]
    | type[models.Calibration]
    | type[models.Anomaly]
)


def of_period(model: Dated, period: Period) -> ColumnElement[bool]:
    """Return the condition, in the form of the unique indexes: 0 stands for no quarter, and for no month."""
    return and_(
        model.year == period.year,
        func.coalesce(model.quarter, 0) == (period.quarter or 0),
        func.coalesce(model.month, 0) == (period.month or 0),
    )
