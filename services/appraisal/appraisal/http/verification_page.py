"""The answer to a verification as a page, for whoever scans a QR code. The edge allows neither style nor script."""

from html import escape

from appraisal.domain.document import VerifiedDocumentView
from chassis.indonesian import day_in_words

_PAGE = """<!DOCTYPE html>
<html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>Verifikasi dokumen</title></head>
<body><main><h1>Verifikasi dokumen</h1><p><strong>{sentence}</strong></p>{rows}{form}</main></body></html>
"""
_FORM = """<form method="get"><p><label for="hash">Sidik isi (SHA-256) yang tercetak pada dokumen Anda</label><br>
<input id="hash" name="hash" size="72" maxlength="80" autocomplete="off"></p><p><button>Cocokkan</button></p></form>
<p>Halaman ini tidak menampilkan nama, NIP, maupun hasil penilaian.</p>"""


def verified_page(found: VerifiedDocumentView) -> str:
    shown = {
        "Jenis": found.kind_words,
        "Instansi": found.agency,
        "Periode": found.period,
        "Tanggal dokumen": day_in_words(found.day),
    }
    items = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in shown.items())
    return _PAGE.format(sentence=escape(found.sentence), rows=f"<dl>{items}</dl>", form=_FORM)


def unknown_page(sentence: str) -> str:
    return _PAGE.format(sentence=escape(sentence), rows="", form="")
