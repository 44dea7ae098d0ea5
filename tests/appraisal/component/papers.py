"""What tests of documents share: papers as text, and their verification."""

import io
import re
from typing import Any

import pypdf
from werkzeug.test import TestResponse

from chassis.auth import Principal
from tests.appraisal.builders import Bureau

SITI_NIP, HEAD_NIP = "199004172019032005", "197508121999031002"


def document(bureau: Bureau, who: Principal | None, path: str, status: int = 200, **options: Any) -> TestResponse:
    return bureau.call(who, "GET", f"{path}/document", status, **options)


def text_of_pdf(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def text_of(answer: TestResponse) -> str:
    assert answer.content_type == "application/pdf"
    return text_of_pdf(answer.data)


def code_of(answer: TestResponse) -> str:
    found = re.search(r"Kode dokumen: ([A-Z2-7]{26})", text_of(answer))
    assert found is not None
    return found[1]


def verify(bureau: Bureau, code: str, query: str = "", status: int | None = 200, **options: Any) -> TestResponse:
    return bureau.call(None, "GET", f"/documents/{code}{query}", status, **options)
