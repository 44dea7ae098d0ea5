"""A paper as a spreadsheet: the head on the first sheet, each table on one of its own."""

from collections.abc import Sequence

from documents.papers import Paper, Seal, Section, Table, in_groups, printed_nip
from spreadsheets.write import Sheet, write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FIELDS = (("Nama", "name"), ("NIP", "nip"), ("Pangkat/Gol.", "rank"), ("Jabatan", "position"), ("Unit kerja", "unit"))


def paper_xlsx(paper: Paper, seal: Seal) -> bytes:
    """Return the workbook of a paper; the same paper gives the same bytes."""
    tables = [
        _sheet(section, table, number) for section in paper.sections for number, table in enumerate(section.tables)
    ]
    return write_xlsx([_head(paper, seal), *tables], paper.day)


def _head(paper: Paper, seal: Seal) -> Sheet:
    rows: list[Sequence[str]] = [
        (paper.agency,),
        (paper.title,),
        ("Periode", paper.period),
        ("Status", paper.status),
        (),
        ("Uraian", *(person.role for person in paper.people)),
    ]
    titles = {0, 1, 5}
    for label, field in _FIELDS:
        values = (getattr(person, field) for person in paper.people)
        rows.append((label, *(printed_nip(value) if field == "nip" else value for value in values)))
    for section in paper.sections:
        if section.text or section.points:
            titles.add(len(rows) + 1)
            rows += [(), (section.title,)]
            rows += [(text,) for text in (section.text, *section.points) if text]
    titles.add(len(rows) + 1)
    rows += [(), ("Pengesahan",)]
    rows += [(one.role, one.words, one.name, printed_nip(one.nip)) for one in paper.signatures]
    rows += [(), *((remark,) for remark in paper.remarks)]
    rows += [
        ("Kode dokumen", seal.code),
        ("Sidik isi (SHA-256)", in_groups(seal.hash, 8)),
        ("Alamat verifikasi", seal.address),
    ]
    return Sheet("Dokumen", rows, frozenset(titles))


def _sheet(section: Section, table: Table, number: int) -> Sheet:
    name = table.caption or (section.title if number == 0 else f"{section.title} {number + 1}")
    return Sheet(name, [[column.title for column in table.columns], *table.rows], frozenset({0}))
