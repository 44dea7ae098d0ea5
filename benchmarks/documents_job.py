"""The documents of all evaluations of a period, made by the job: documents a second, processor and memory."""

import multiprocessing
import os
import resource
import signal
import time
from collections.abc import Collection
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import psycopg
from psycopg import sql

from appraisal.domain.document_batch import AskForDocuments, BatchState
from appraisal.domain.paper_people import PaperName
from appraisal.domain.plan_content import Content, Indicator, WorkResult
from appraisal.domain.values import Aspect, PlanModel, ResultKind
from appraisal.jobs import jobs
from appraisal.use_cases.documents.ask_for_many import ask_for_documents
from appraisal.use_cases.documents.read_many import download_documents, show_documents
from benchmarks.own_process import peak_memory, unit_of_work, upgraded_database
from benchmarks.rounds import Contestant, Metric, Race, Sample
from chassis.auth import Principal
from documents.files import archive
from documents.papers import DocumentFormat

ADDRESSES = "https://suar.contoh.go.id/api/v1/appraisal/documents/"
HR = Principal(UUID(int=7), "instansi", frozenset({"hr_officer"}), UUID(int=7))
FILL = Path(__file__).with_name("documents.sql")
METRICS = (
    Metric("documents", "documents/s"),
    Metric("processor", "ms each", more_is_better=False),
    Metric("memory", "MB at most", more_is_better=False),
    Metric("growth", "MB more in the second half", more_is_better=False),
)


@dataclass(frozen=True)
class Report:
    """What a process that ran the job found at its end."""

    processor: float
    memory: float
    growth: float


class _Names:
    """Names without asking anybody."""

    def of(self, people: Collection[UUID]) -> dict[UUID, PaperName]:
        named = ("Siti Rahmania, S.A.P.", "Analis SDM Aparatur Ahli Pertama", "Subbagian Mutasi")
        return {one: PaperName(*named, "199004172019032005", "JF-ASDM-1") for one in people}


def _content() -> str:
    indicators = (
        Indicator("usul kenaikan pangkat selesai", Aspect.QUANTITY, target_text="120 usul"),
        Indicator("durasi layanan", Aspect.TIME, target_text="paling lambat 5 hari kerja"),
    )
    results = tuple(
        WorkResult(UUID(int=n), ResultKind.MAIN, f"Layanan kepegawaian {n} selesai tepat waktu", None, indicators)
        for n in range(1, 6)
    )
    return msgspec.json.encode(Content(PlanModel.QUANTITATIVE, results)).decode()


def _run(url: str, batch_id: UUID, sender: Connection) -> None:
    """Run the job to its end in a process of its own; report its progress after each step."""
    work, used, half = unit_of_work(url), time.process_time(), 0.0
    sender.send(0)
    while True:
        jobs.run_step(work)
        shown = show_documents(work, HR, batch_id, days=7)
        sender.send(shown.done)
        if shown.state is not BatchState.RUNNING:
            break
        if not half and shown.done >= shown.total // 2:
            half = peak_memory()
        time.sleep(0)
    if (shown.state, shown.failed) != (BatchState.DONE, 0):
        raise RuntimeError(f"{shown.state}, {shown.failed} failed")
    sender.send(Report(time.process_time() - used, peak_memory() / 2**20, (peak_memory() - half) / 2**20))


def _download(url: str, batch_id: UUID, parts: Collection[int], sender: Connection) -> None:
    work, size = unit_of_work(url), 0
    begun, used = time.perf_counter(), time.process_time()
    for part in parts:
        size += sum(map(len, archive(download_documents(work, HR, batch_id, part=part, days=7))))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sender.send((time.perf_counter() - begun, time.process_time() - used, memory, size))


@dataclass
class Bench:
    """A database with so many final evaluations."""

    url: str
    administrator: psycopg.Connection[Any]
    count: int

    def make(self, kill_after: int | None = None) -> Sample:
        """Make all of them; with `kill_after` the process is killed once so many are done, and another goes on."""
        batch_id, seconds, found = self._ask(), 0.0, None
        while found is None:
            more, found = self._process(batch_id, kill_after)
            seconds, kill_after = seconds + more, None
        self._require_once(batch_id)
        sample = {"documents": self.count / seconds, "processor": 1000 * found.processor / self.count}
        return sample | {"memory": found.memory, "growth": found.growth}

    def download(self) -> Sample:
        """Download what the job has made, as archives."""
        batch_id = self._ask()
        self._process(batch_id, None)
        parts = [one.number for one in show_documents(unit_of_work(self.url), HR, batch_id, days=7).parts]
        receiver, sender = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.get_context("spawn").Process(
            target=_download, args=(self.url, batch_id, parts, sender)
        )
        process.start()
        seconds, processor, memory, _ = receiver.recv()
        process.join()
        sample = {"documents": self.count / seconds, "processor": 1000 * processor / self.count}
        return sample | {"memory": memory, "growth": 0.0}

    def _ask(self) -> UUID:
        self.administrator.execute(
            "TRUNCATE document, document_code, document_batch, document_batch_file, job, job_issue"
        )
        command = AskForDocuments(2026, 1, None, None, (), (DocumentFormat.PDF,))
        return ask_for_documents(unit_of_work(self.url), HR, _Names(), command, addresses=ADDRESSES)

    def _process(self, batch_id: UUID, kill_after: int | None) -> tuple[float, Report | None]:
        receiver, sender = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.get_context("spawn").Process(target=_run, args=(self.url, batch_id, sender))
        process.start()
        sender.close()
        news = receiver.recv()
        begun = time.perf_counter()
        try:
            while not isinstance(news := receiver.recv(), Report):
                if kill_after is not None and news >= kill_after:
                    os.kill(process.pid or 0, signal.SIGKILL)
                    break
            seconds = time.perf_counter() - begun
        finally:
            process.join()
        return seconds, news if isinstance(news, Report) else None

    def _require_once(self, batch_id: UUID) -> None:
        """Raise RuntimeError unless each document and each file is there once."""
        for table in ("document", "document_batch_file"):
            (found,) = self.administrator.execute(f"SELECT count(*) FROM {table}").fetchone() or (0,)
            if found != self.count:
                raise RuntimeError(f"{found} rows of {table} for {self.count} evaluations of {batch_id}")


def race(stack: ExitStack, count: int) -> Race:
    bench = _fill(stack, count)
    return Race(
        title="Making the documents of a period",
        metrics=METRICS,
        contestants=[
            Contestant("the job", "PDF of each evaluation, from its first step to its last", bench.make),
            Contestant(
                "killed in the middle",
                "SIGKILL when half are done; another process goes on; each document is there once",
                partial(bench.make, count // 2),
            ),
            Contestant("downloaded", "what the job has made, as ZIP archives", bench.download),
        ],
        note=f"{count:,} evaluations of one agency, ten in a step, each a transaction with the progress. Memory of the "
        "process that ends the job; the processor of that process, without PostgreSQL.",
    )


def _fill(stack: ExitStack, count: int) -> Bench:
    url, administrator = upgraded_database(stack, "appraisal")
    content = sql.Literal(_content()).as_string(administrator)
    administrator.execute(FILL.read_text().format(people=count, content=content).encode())
    administrator.execute("VACUUM ANALYZE")
    return Bench(url, administrator, count)
