"""A paper as a file of either form, and many files as one archive that is never in memory as a whole."""

import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from documents.papers import DocumentFormat, Paper, Seal
from documents.pdf import PDF, paper_pdf
from documents.sheets import XLSX, paper_xlsx

ZIP = "application/zip"
CONTENT_TYPES: Mapping[DocumentFormat, str] = {DocumentFormat.PDF: PDF, DocumentFormat.XLSX: XLSX}
_MAKERS = {DocumentFormat.PDF: paper_pdf, DocumentFormat.XLSX: paper_xlsx}


def paper_file(paper: Paper, seal: Seal, form: DocumentFormat) -> bytes:
    """Return a paper in a form. Raise PaperTooLong, or PrinterBusy."""
    return _MAKERS[form](paper, seal)


def archive(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """Give a ZIP archive piece by piece; the same files give the same bytes. They are compressed in themselves."""
    sink = _Sink()
    with ZipFile(sink, "w", ZIP_STORED) as made:
        for name, content in files:
            made.writestr(ZipInfo(name), content)
            yield sink.taken()
    yield sink.taken()


class _Sink(io.RawIOBase):
    """The archive from its last taken piece on: wound back within it, where sizes are entered after each file."""

    def __init__(self) -> None:
        self._begin, self._piece = 0, io.BytesIO()

    def seekable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._begin + self._piece.tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._piece.seek(offset - self._begin if whence == io.SEEK_SET else offset, whence)
        return self.tell()

    def write(self, content: Any) -> int:
        return self._piece.write(content)

    def taken(self) -> bytes:
        self._begin, piece, self._piece = self.tell(), self._piece.getvalue(), io.BytesIO()
        return piece
