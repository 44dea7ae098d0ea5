"""The field for an agency's signature: made of the link that the template leaves in its place.

The compiler writes no form fields, but tags links: a link around nothing is an annotation, and an element of the tag
tree that holds this annotation alone. That is what PDF/UA-1 (ISO 14289-1, 7.18) asks of a field, but for three words,
which an incremental update replaces: `Widget` for the annotation, `Form` for the element, and the form in the
catalogue. The compiler's objects are plain (no object streams); what is written otherwise is refused by `FieldNotMade`.
"""

import re

FIELD = "TandaTanganInstansi"
TOOLTIP = "Tempat tanda tangan elektronik instansi"
PLACE = b"(suar:tanda-tangan)"
# Annotation flags (ISO 32000-1, 12.5.3): printed, and not moved.
_FLAGS = 4 + 128
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_TABLE = re.compile(rb"xref\s+0 (\d+)\s+")
_ENTRY = 20
_TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref", re.DOTALL)


class FieldNotMade(Exception):
    """The compiler's output has another form than this module knows: another version of the compiler?"""


def with_signature_field(pdf: bytes) -> bytes:
    """Return a paper with an empty signature field in the place that its template left; the same bytes each time."""
    start = int(_found(_START.search(pdf), "startxref")[1])
    count = int(_found(_TABLE.match(pdf, start), "xref")[1])
    trailer = _found(_TRAILER.search(pdf, start), "trailer")[1]
    objects = _objects(pdf, start, count)
    number, link = _only(objects, PLACE, "place of the field")
    element, tag = _only(objects, b"/Obj %d 0 R" % number, "element of the field")
    root = int(_found(re.search(rb"/Root (\d+) 0 R", trailer), "catalogue")[1])
    update = {
        number: _widget(link, tag),
        element: tag.replace(b"/S/Link", b"/S/Form"),
        root: objects[root][:-2] + b"/AcroForm<</Fields[%d 0 R]>>>>" % number,
    }
    return pdf + _update(update, len(pdf), trailer, start)


def _objects(pdf: bytes, start: int, count: int) -> dict[int, bytes]:
    """Return the dictionaries of a file by number, as its table of offsets names them."""
    first = _found(_TABLE.match(pdf, start), "xref").end()
    found = {}
    for number in range(1, count):
        offset = int(pdf[first + _ENTRY * number :][:10])
        head = b"%d 0 obj\n" % number
        if not pdf.startswith(head, offset):
            raise FieldNotMade(f"object {number}")
        found[number] = pdf[offset + len(head) : pdf.index(b"\nendobj", offset)]
    return found


def _only(objects: dict[int, bytes], part: bytes, what: str) -> tuple[int, bytes]:
    found = [(number, body) for number, body in objects.items() if body.startswith(b"<<") and part in body]
    if len(found) != 1:
        raise FieldNotMade(what)
    return found[0]


def _widget(link: bytes, tag: bytes) -> bytes:
    place = _found(re.search(rb"/Rect\[[^\]]*\]", link), "rectangle")[0]
    parent = _found(re.search(rb"/StructParent \d+", link), "StructParent")[0]
    page = _found(re.search(rb"/Pg (\d+ 0 R)", tag), "page")[1]
    words = b"/T(%s)/TU(%s)" % (FIELD.encode(), TOOLTIP.encode())
    return b"<</Type/Annot/Subtype/Widget/FT/Sig%s%s/F %d%s/P %s>>" % (words, place, _FLAGS, parent, page)


def _update(objects: dict[int, bytes], length: int, trailer: bytes, start: int) -> bytes:
    """Return what is appended: the objects as they are now, where each begins, and where the former table is."""
    body, table = b"\n", b"xref\n"
    for number, content in sorted(objects.items()):
        table += b"%d 1\n%010d 00000 n\r\n" % (number, length + len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    end = b"trailer\n<<%s/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (trailer, start, length + len(body))
    return body + table + end


def _found(match: re.Match[bytes] | None, what: str) -> re.Match[bytes]:
    if match is None:
        raise FieldNotMade(what)
    return match
