"""Documents made one after the other in a process, as one of the API makes them, and by the job of a whole period."""

import multiprocessing
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from multiprocessing.connection import Connection

from benchmarks.documents_job import race
from benchmarks.rounds import Contestant, Metric, Options, Race, Sample, Suite
from documents.papers import Paper, Seal, seal_hash
from documents.pdf import paper_pdf
from documents.sheets import paper_xlsx
from tests.documents.samples import a_paper

DOCUMENTS, QUICK_DOCUMENTS = 1_000, 50
ADDRESS = "https://suar.contoh.go.id/api/v1/appraisal/documents/"
METRICS = (
    Metric("documents", "documents/s"),
    Metric("processor", "ms each", more_is_better=False),
    Metric("memory", "MB at most", more_is_better=False),
    Metric("size", "kB each", more_is_better=False),
)
FORMS: dict[str, Callable[[Paper, Seal], bytes]] = {"pdf": paper_pdf, "xlsx": paper_xlsx}


def _make(form: str, count: int, sender: Connection) -> None:
    """Make papers of different people, and send seconds, those of the processor, peak memory in MB and bytes."""
    begun, used, size = time.perf_counter(), time.process_time(), 0
    for number in range(count):
        paper = a_paper(people=tuple(replace(one, name=f"{one.name} {number}") for one in a_paper().people))
        code = f"{number:026d}"
        size += len(FORMS[form](paper, Seal(seal_hash(paper), code, ADDRESS + code)))
    seconds, processor = time.perf_counter() - begun, time.process_time() - used
    sender.send((seconds, processor, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, size))


def made(form: str, count: int) -> Sample:
    """Return what one process needed for so many papers."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=_make, args=(form, count, sender))
    process.start()
    sender.close()
    try:
        seconds, processor, memory, size = receiver.recv()
    finally:
        process.join()
    return {
        "documents": count / seconds,
        "processor": 1000 * processor / count,
        "memory": memory,
        "size": size / count / 1024,
    }


def races(options: Options, stack: ExitStack) -> Iterator[Race]:
    count = options.pick(DOCUMENTS, QUICK_DOCUMENTS)
    yield Race(
        title="Making documents",
        metrics=METRICS,
        contestants=[
            Contestant("PDF", "tagged (PDF/UA-1), with a QR code", partial(made, "pdf", count)),
            Contestant("XLSX", "the same statements as workbooks", partial(made, "xlsx", count)),
        ],
        note=f"{count:,} evaluations of one page, of different people, one after the other in one process.",
    )
    yield race(stack, count)


SUITE = Suite("documents", "Documents that an agency files", races)
