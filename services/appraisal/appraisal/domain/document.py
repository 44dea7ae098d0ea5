"""An issued paper: of which subject it is, what it states, and whether it still holds."""

import base64
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from appraisal.domain.calibration import Calibration
from appraisal.domain.errors import DocumentNotYet
from appraisal.domain.evaluation import Evaluation
from appraisal.domain.objection import Objection
from appraisal.domain.plan import Plan
from appraisal.domain.refusal_words import in_words
from appraisal.domain.values import EvaluationKind, EvaluationState
from chassis.ids import new_id
from documents.papers import Paper, Seal, seal_hash

_CODE_BYTES = 16


class DocumentKind(StrEnum):
    PLAN = "PLAN"
    PERIODIC_EVALUATION = "PERIODIC_EVALUATION"
    ANNUAL_EVALUATION = "ANNUAL_EVALUATION"
    OBJECTION_DECISION = "OBJECTION_DECISION"
    CALIBRATION_MINUTES = "CALIBRATION_MINUTES"
    CALIBRATION_EXTRACT = "CALIBRATION_EXTRACT"


class DocumentStage(StrEnum):
    AGREED = "AGREED"
    ISSUED = "ISSUED"
    FINAL = "FINAL"
    DECIDED = "DECIDED"


class Standing(StrEnum):
    """Whether a paper still says what stands: REPLACED by a later revision, or WITHDRAWN with its subject."""

    VALID = "VALID"
    REPLACED = "REPLACED"
    WITHDRAWN = "WITHDRAWN"


KIND_WORDS: Mapping[DocumentKind, str] = {
    DocumentKind.PLAN: "Sasaran Kinerja Pegawai (SKP)",
    DocumentKind.PERIODIC_EVALUATION: "Evaluasi kinerja periodik pegawai",
    DocumentKind.ANNUAL_EVALUATION: "Evaluasi kinerja tahunan pegawai",
    DocumentKind.OBJECTION_DECISION: "Putusan atas keberatan",
    DocumentKind.CALIBRATION_MINUTES: "Berita acara kalibrasi penilaian kinerja",
    DocumentKind.CALIBRATION_EXTRACT: "Petikan berita acara kalibrasi penilaian kinerja",
}
_STANDING_WORDS = {
    Standing.VALID: "Dokumen ini sah dan masih berlaku",
    Standing.REPLACED: "Dokumen ini pernah diterbitkan, tetapi sudah digantikan oleh dokumen yang lebih baru",
    Standing.WITHDRAWN: "Dokumen ini pernah diterbitkan, tetapi sudah ditarik",
}
_HASH_WORDS = {
    None: "",
    True: " Sidik isi yang diberikan cocok.",
    False: " Sidik isi yang diberikan TIDAK cocok: isi dokumen yang Anda pegang bukan isi yang diterbitkan.",
}


@dataclass(frozen=True)
class DocumentSubject:
    """What a paper is made of, at the revision and the stage that it states."""

    kind: DocumentKind
    subject_id: UUID
    revision: int
    stage: DocumentStage

    @classmethod
    def of_plan(cls, plan: Plan) -> "DocumentSubject":
        """Return the version of a plan that was agreed last. Raise DocumentNotYet."""
        if plan.active_version is None:
            raise DocumentNotYet(what="SKP", state=in_words(plan.state), needed="ditetapkan")
        return cls(DocumentKind.PLAN, plan.id, plan.active_version, DocumentStage.AGREED)

    @classmethod
    def of_evaluation(cls, evaluation: Evaluation) -> "DocumentSubject":
        """Return an evaluation from its issue on. Raise DocumentNotYet for a proposal."""
        if evaluation.is_undisclosed:
            raise DocumentNotYet(what="Evaluasi", state=in_words(evaluation.state), needed="diterbitkan")
        is_annual = evaluation.kind is EvaluationKind.ANNUAL
        kind = DocumentKind.ANNUAL_EVALUATION if is_annual else DocumentKind.PERIODIC_EVALUATION
        is_final = evaluation.state is EvaluationState.FINAL
        stage = DocumentStage.FINAL if is_final else DocumentStage.ISSUED
        return cls(kind, evaluation.id, evaluation.revision, stage)

    @classmethod
    def standing_of(cls, evaluation: Evaluation) -> tuple["DocumentSubject", ...]:
        """Return all that holds of an evaluation: what is issued anew is beside the former result until it is final."""
        now = cls.of_evaluation(evaluation)
        if now.stage is DocumentStage.FINAL or evaluation.former_revision is None:
            return (now,)
        return (now, replace(now, revision=evaluation.former_revision, stage=DocumentStage.FINAL))

    @classmethod
    def of_objection(cls, objection: Objection) -> "DocumentSubject":
        """Return an objection that is decided. Raise DocumentNotYet for one that is open or withdrawn."""
        if objection.is_withdrawn:
            raise DocumentNotYet(what="Keberatan", state="sudah ditarik", needed="diputus")
        if objection.is_open:
            raise DocumentNotYet(what="Keberatan", state="belum diputus", needed="diputus")
        return cls(DocumentKind.OBJECTION_DECISION, objection.id, 1, DocumentStage.DECIDED)

    @classmethod
    def of_calibration(cls, session: Calibration, *, whole: bool) -> "DocumentSubject":
        """Return the minutes of a session, or the extract of them. Raise DocumentNotYet while nobody has closed it."""
        if session.closed_at is None:
            raise DocumentNotYet(what="Kalibrasi", state="belum ditutup", needed="ditutup dengan notulen")
        kind = DocumentKind.CALIBRATION_MINUTES if whole else DocumentKind.CALIBRATION_EXTRACT
        return cls(kind, session.id, 1, DocumentStage.FINAL)


@dataclass(frozen=True)
class Document:
    id: UUID
    kind: DocumentKind
    subject_id: UUID
    revision: int
    stage: DocumentStage
    code: str
    hash: str
    paper: Paper
    made_at: datetime
    made_by: UUID

    @classmethod
    def made(cls, subject: DocumentSubject, paper: Paper, by: UUID, now: datetime) -> "Document":
        return cls(
            id=new_id(),
            kind=subject.kind,
            subject_id=subject.subject_id,
            revision=subject.revision,
            stage=subject.stage,
            code=new_code(),
            hash=seal_hash(paper),
            paper=paper,
            made_at=now,
            made_by=by,
        )

    @property
    def subject(self) -> DocumentSubject:
        return DocumentSubject(self.kind, self.subject_id, self.revision, self.stage)

    def seal(self, addresses: str) -> Seal:
        """Return by what it is verified; `addresses` is what stands before the code."""
        return Seal(self.hash, self.code, f"{addresses}{self.code}")

    def standing(self, now: Collection[DocumentSubject]) -> Standing:
        """Return whether it holds, given what holds of its subject now; empty: there is nothing to make a paper of."""
        if not now:
            return Standing.WITHDRAWN
        return Standing.VALID if self.subject in now else Standing.REPLACED


@dataclass(frozen=True)
class VerifiedDocumentView:
    """What anybody may learn of a paper: nothing of the person, nothing of the result."""

    kind: DocumentKind
    kind_words: str
    agency: str
    period: str
    day: Annotated[date, Meta(description="the day that the paper bears")]
    standing: Standing
    hash_matches: Annotated[bool | None, Meta(description="null: no hash was given")]
    sentence: Annotated[str, Meta(description="in Indonesian, for people")]

    @classmethod
    def of(cls, document: Document, standing: Standing, given_hash: str) -> "VerifiedDocumentView":
        matches = secrets.compare_digest(given_hash, document.hash) if given_hash else None
        paper, words = document.paper, KIND_WORDS[document.kind]
        sentence = (
            f"{_STANDING_WORDS[standing]}: {words}, {paper.agency}, periode {paper.period}.{_HASH_WORDS[matches]}"
        )
        return cls(document.kind, words, paper.agency, paper.period, paper.day, standing, matches, sentence)


def new_code() -> str:
    """Return 128 random bits as 26 letters and digits, which nobody guesses and anybody can type."""
    return base64.b32encode(secrets.token_bytes(_CODE_BYTES)).decode().rstrip("=")
