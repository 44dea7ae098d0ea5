"""Search a period for anomalies: a job of one step for each kind, which may be killed; again it opens what is new."""

from dataclasses import dataclass
from uuid import UUID

from appraisal.authorisation import inspector_of
from appraisal.domain.anomaly import AnomalyKind, AnomalyRun, SearchedKind, changes_of, patterns_of
from appraisal.domain.anomaly_views import AnomalyRunView
from appraisal.domain.cycle import require_row
from appraisal.domain.periods import Period
from appraisal.domain.rules import RuleKind
from appraisal.persistence.anomalies import (
    insert_run,
    known_anomalies,
    load_run,
    one_run_at_a_time,
    save_changes,
    update_run,
)
from appraisal.persistence.anomaly_search import Span, search
from appraisal.persistence.periods import rows_of_year
from appraisal.persistence.rules import load_setting
from chassis import audit, jobs
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.jobs import Job, Step
from chassis.unit_of_work import Transaction, UnitOfWork

JOB = "search_anomalies"
_KINDS = tuple(AnomalyKind)


@dataclass(frozen=True)
class SearchParams:
    run_id: UUID


@dataclass(frozen=True)
class SearchProgress:
    """The cursor: how many kinds have been searched for."""

    done: int = 0


@dataclass(frozen=True)
class SearchResult:
    """What HR sees of the job: numbers."""

    found: dict[AnomalyKind, int]
    opened: dict[AnomalyKind, int]


def start_search(work: UnitOfWork, actor: Principal, *, period: Period) -> AnomalyRunView:
    """Start the job by the thresholds of today, which the run keeps. Raise PeriodNotInCycle."""
    by = inspector_of(actor)
    with work.transaction(actor.agency_id) as tx:
        require_row(rows_of_year(tx, period.year), period)
        setting = load_setting(tx, period)
        version = setting.rules.on(RuleKind.ANOMALY, setting.today).rule_version
        thresholds = setting.rules.anomaly(setting.today)
        run = AnomalyRun(new_id(), period.year, period.quarter, period.month, version, thresholds, by, tx.now)
        insert_run(tx, run)
        jobs.start(tx, JOB, SearchParams(run.id), actor.account_id)
        audit.record(tx, actor, "anomalies_searched", "anomaly_run", run.id, year=period.year, **period.parts)
        return AnomalyRunView.of(run)


def search_step(tx: Transaction, job: Job) -> Step:
    """Search for the next kind."""
    one_run_at_a_time(tx)
    done, run = job.cursor_as(SearchProgress).done, load_run(tx, job.params_as(SearchParams).run_id)
    period, kind = run.period, _KINDS[done]
    found = search(tx, kind, period, Span.of(period, load_setting(tx, period)), run.thresholds)
    known = known_anomalies(tx, kind, period)
    changes = changes_of(SearchedKind(kind, period, run.rule_version), found, known, tx.now)
    save_changes(tx, changes)
    opened = sum(one.before is None for one in changes)
    after, is_last = run.searched(kind, len(patterns_of(found)), opened), done + 1 == len(_KINDS)
    update_run(tx, run, after.finished(tx.now) if is_last else after)
    result = SearchResult(after.found, after.opened)
    return Step(finished=is_last, processed=1, total=len(_KINDS), cursor=SearchProgress(done + 1), result=result)
