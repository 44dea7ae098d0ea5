"""The search for each kind of anomaly: one statement a kind, which reads a period once and sorts or hashes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import TextClause, text

from appraisal.domain.anomaly import AnomalyKind, AnomalyThresholds, Found, with_earlier
from appraisal.domain.deadlines import start_of_day
from appraisal.domain.periods import Period
from appraisal.domain.setting import AgencySetting
from appraisal.domain.values import APPRAISING
from chassis.records import fetch_all
from chassis.unit_of_work import Transaction

# Text, all of them: set-building. Windows and groups instead of joins of what was computed: of that the planner knows
# no number of rows, and would compare each with each. The periods come as three arrays, in which 0 stands for no
# quarter, and for no month.
# `appraised`: the last rating that the appraiser's side made of each finished evaluation, or HR in their place before
# it was finished; what a decision or a correction made of it later is not theirs.
_APPRAISED = (
    "WITH appraised AS (SELECT DISTINCT ON (e.id) e.id AS evaluation_id, e.employee_id, e.year, e.quarter, e.month, "
    "v.decided_by AS official_id, v.at, v.predicate, v.work_result_note, v.behaviour_note "
    "FROM unnest(CAST(:years AS int[]), CAST(:quarters AS int[]), CAST(:months AS int[])) AS w (year, quarter, month) "
    "JOIN evaluation e ON e.year = w.year AND coalesce(e.quarter, 0) = w.quarter AND coalesce(e.month, 0) = w.month "
    "JOIN evaluation_version v ON v.evaluation_id = e.id WHERE e.state <> 'PROPOSED' "
    "AND (v.capacity = ANY(:appraising) OR v.capacity = 'HR' AND e.reopened_by_order IS NULL "
    "AND v.at <= coalesce(e.handed_in_at, e.issued_at, e.final_at)) "
    "ORDER BY e.id, v.revision DESC)"
)
# `finished`: by whom and when, whatever its review took; of what was issued anew by an order the first moment is not on
# record.
_FINISHED = (
    "WITH finished AS (SELECT e.id AS evaluation_id, e.employee_id, "
    "coalesce(e.finished_by, e.rated_by) AS official_id, "
    "coalesce(e.handed_in_at, e.issued_at, e.final_at) AS at, e.year "
    "FROM unnest(CAST(:years AS int[]), CAST(:quarters AS int[]), CAST(:months AS int[])) AS w (year, quarter, month) "
    "JOIN evaluation e ON e.year = w.year AND coalesce(e.quarter, 0) = w.quarter AND coalesce(e.month, 0) = w.month "
    "WHERE e.state <> 'PROPOSED' AND e.reopened_by_order IS NULL)"
)
_OF_OFFICIAL = "SELECT 'official:' || official_id AS subject, official_id, evaluation_id, employee_id"
# `notes` is the one source of what counts as a text: a further one is a further SELECT of it. A text is compared
# without regard to capitals, spaces and forms of the same character.
_IDENTICAL_TEXTS = text(
    f"{_APPRAISED}, "  # noqa: S608 - constants
    "notes AS (SELECT evaluation_id, employee_id, official_id, work_result_note AS note FROM appraised "
    "UNION ALL SELECT evaluation_id, employee_id, official_id, behaviour_note FROM appraised), "
    "plain AS MATERIALIZED (SELECT evaluation_id, employee_id, official_id, "
    "btrim(regexp_replace(lower(normalize(note, NFKC)), '\\s+', ' ', 'g')) AS note FROM notes WHERE note <> ''), "
    "texts AS (SELECT DISTINCT evaluation_id, employee_id, official_id, "
    "encode(sha256(convert_to(note, 'UTF8')), 'hex') AS hash FROM plain WHERE char_length(note) >= :shortest_text), "
    "ranked AS (SELECT *, count(*) OVER (PARTITION BY hash, official_id) AS people, "
    "dense_rank() OVER (PARTITION BY hash ORDER BY official_id) AS number FROM texts), "
    "counted AS MATERIALIZED (SELECT *, max(number) OVER (PARTITION BY hash) AS officials FROM ranked) "
    "SELECT 'official:' || official_id || '/text:' || hash AS subject, official_id, evaluation_id, employee_id "
    "FROM counted WHERE people >= :same_text_people "
    "UNION ALL SELECT 'text:' || hash, NULL, evaluation_id, employee_id "
    "FROM counted WHERE officials >= :same_text_officials"
)
_LAST_MINUTES = text(
    f"{_FINISHED}, "  # noqa: S608
    "late AS (SELECT *, count(*) OVER (PARTITION BY official_id) AS people FROM finished "
    "WHERE at >= :last_from AND at < :window_end) "
    f"{_OF_OFFICIAL} FROM late WHERE people >= :last_people"
)
# A rating belongs to a quick succession when enough of them lie within the span from some rating at or before it, which
# is itself at most the span away: two window functions over one order, no pair is compared.
_QUICK_SUCCESSION = text(
    f"{_APPRAISED}, "  # noqa: S608
    "counted AS (SELECT *, count(*) OVER (PARTITION BY official_id ORDER BY at "
    "RANGE BETWEEN CURRENT ROW AND CAST(:quick_span AS interval) FOLLOWING) AS people FROM appraised), "
    "marked AS (SELECT *, max(people) OVER (PARTITION BY official_id ORDER BY at "
    "RANGE BETWEEN CAST(:quick_span AS interval) PRECEDING AND CURRENT ROW) AS most FROM counted) "
    f"{_OF_OFFICIAL} FROM marked WHERE most >= :quick_people"
)
# The plans of a person's year, of which a move makes several, are gathered beside the evaluation, and log and feedback
# are looked up by them, a person at a time: of these there is an index, so that a log of millions is not read whole.
_NO_EVIDENCE = text(
    f"{_APPRAISED}, "  # noqa: S608
    "gathered AS (SELECT evaluation_id, employee_id, official_id, CAST(NULL AS uuid) AS plan_id FROM appraised "
    "UNION ALL SELECT NULL, employee_id, NULL, id FROM plan WHERE year = :year), "
    "people AS MATERIALIZED (SELECT employee_id, (array_agg(evaluation_id) FILTER (WHERE plan_id IS NULL))[1] "
    "AS evaluation_id, (array_agg(official_id) FILTER (WHERE plan_id IS NULL))[1] AS official_id, "
    "array_agg(plan_id) FILTER (WHERE plan_id IS NOT NULL) AS plans FROM gathered GROUP BY employee_id), "
    "bare AS (SELECT * FROM people a WHERE evaluation_id IS NOT NULL "
    "AND (SELECT 1 FROM progress g WHERE g.plan_id = ANY(a.plans) "
    "AND g.day BETWEEN :first_day AND :last_day LIMIT 1) IS NULL "
    "AND (SELECT 1 FROM feedback f WHERE f.plan_id = ANY(a.plans) "
    "AND f.given_at >= :period_start AND f.given_at < :period_end LIMIT 1) IS NULL), "
    "counted AS (SELECT *, count(*) OVER (PARTITION BY official_id) AS people FROM bare) "
    f"{_OF_OFFICIAL} FROM counted WHERE people >= :no_evidence_people"
)
_NEVER_DIFFERS = text(
    f"{_APPRAISED}, "  # noqa: S608
    "parts AS (SELECT *, count(*) OVER (PARTITION BY official_id, year, quarter, month) AS people, "
    "dense_rank() OVER (PARTITION BY official_id ORDER BY year, quarter, month) AS number FROM appraised), "
    "counted AS (SELECT *, max(number) OVER own AS periods, min(people) OVER own AS fewest, "
    "min(predicate) OVER own AS lowest, max(predicate) OVER own AS highest FROM parts "
    "WINDOW own AS (PARTITION BY official_id)) "
    f"{_OF_OFFICIAL} FROM counted WHERE periods = :never_differs_periods AND fewest >= :never_differs_people "
    "AND lowest = highest"
)
_PROPOSAL_TURNED = text(
    f"{_FINISHED}, "  # noqa: S608
    "turned AS (SELECT DISTINCT f.evaluation_id, f.employee_id, v.decided_by AS official_id FROM finished f "
    "JOIN evaluation_version v ON v.evaluation_id = f.evaluation_id AND v.capacity = 'HR' AND v.at <= f.at "
    "AND v.at >= f.at - CAST(:turned_span AS interval) "
    "JOIN evaluation_version b ON b.evaluation_id = v.evaluation_id AND b.revision = v.revision - 1 "
    "AND b.predicate <> v.predicate), "
    "counted AS (SELECT *, count(*) OVER (PARTITION BY official_id) AS people FROM turned) "
    f"{_OF_OFFICIAL} FROM counted WHERE people >= :turned_people"
)
_SEARCHES: Mapping[AnomalyKind, TextClause] = {
    AnomalyKind.IDENTICAL_TEXTS: _IDENTICAL_TEXTS,
    AnomalyKind.LAST_MINUTES: _LAST_MINUTES,
    AnomalyKind.QUICK_SUCCESSION: _QUICK_SUCCESSION,
    AnomalyKind.NO_EVIDENCE: _NO_EVIDENCE,
    AnomalyKind.NEVER_DIFFERS: _NEVER_DIFFERS,
    AnomalyKind.PROPOSAL_TURNED: _PROPOSAL_TURNED,
}


@dataclass(frozen=True)
class Span:
    """The moments that a search needs: of the period, and of the end of its rating window."""

    period_start: datetime
    period_end: datetime
    window_end: datetime

    @classmethod
    def of(cls, period: Period, setting: AgencySetting) -> "Span":
        def start(day: Any) -> datetime:
            return start_of_day(day, setting.time_zone)

        after = timedelta(days=1)
        closes_on = setting.window(period).closes_on
        return cls(start(period.first_day), start(period.last_day + after), start(closes_on + after))


def search(tx: Transaction, kind: AnomalyKind, period: Period, span: Span, wanted: AnomalyThresholds) -> list[Found]:
    """Return the evaluations of all patterns of a kind in a period."""
    periods = with_earlier(period, wanted.never_differs_periods if kind is AnomalyKind.NEVER_DIFFERS else 1)
    values = {
        **vars(wanted),
        **vars(span),
        "years": [one.year for one in periods],
        "quarters": [one.quarter or 0 for one in periods],
        "months": [one.month or 0 for one in periods],
        "appraising": list(APPRAISING),
        "year": period.year,
        "first_day": period.first_day,
        "last_day": period.last_day,
        "last_from": span.window_end - timedelta(minutes=wanted.last_minutes),
        "quick_span": timedelta(minutes=wanted.quick_minutes),
        "turned_span": timedelta(hours=wanted.turned_hours),
    }
    statement = _SEARCHES[kind]
    named = statement.compile().params
    return fetch_all(tx, statement, Found, {name: values[name] for name in named})
