"""An agency signs a paper with its own certificate: the signature holds, the paper stays what it was, and a change shows."""

import io
import re
from datetime import UTC, datetime, timedelta

import pypdf
import pytest
from asn1crypto import keys, x509
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from documents import pdf
from documents.papers import Section, Table
from documents.pdf import paper_pdf
from documents.signature_field import FIELD, TOOLTIP, FieldNotMade, with_signature_field
from tests.documents.samples import SEAL, a_paper
from tests.documents.test_papers import tags_of


@pytest.fixture(scope="module")
def official():
    """A signer with a certificate of an invented authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = certificates.Name([certificates.NameAttribute(NameOID.COMMON_NAME, "Pejabat Contoh")])
    now = datetime.now(UTC)
    usage = certificates.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    built = certificates.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    built = built.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    certificate = built.add_extension(usage, critical=True).sign(key, hashes.SHA256())
    secret = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return signers.SimpleSigner(
        signing_cert=x509.Certificate.load(certificate.public_bytes(Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(secret),
        cert_registry=SimpleCertificateStore(),
    )


def signed(paper, official):
    """Sign in the field that the paper has."""
    metadata = signers.PdfSignatureMetadata(field_name=FIELD, reason="Pengesahan dokumen")
    return signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(paper)), metadata, signer=official).getvalue()


def validated(content, official):
    context = ValidationContext(trust_roots=[official.signing_cert], allow_fetching=False)
    (signature,) = PdfFileReader(io.BytesIO(content)).embedded_signatures
    return validate_pdf_signature(signature, context)


def test_a_signed_paper_is_valid_and_begins_with_the_paper_itself(official):
    paper = paper_pdf(a_paper(), SEAL)
    content = signed(paper, official)
    assert content.startswith(paper)
    status = validated(content, official)
    assert (status.intact, status.valid, status.trusted) == (True, True, True)
    assert status.bottom_line
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    root = pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a value of the file, not a boolean of ours


def test_a_signed_paper_that_was_changed_is_not_intact(official):
    content = bytearray(signed(paper_pdf(a_paper(), SEAL), official))
    at = content.index(b"/Title")
    content[at + 8] ^= 1
    assert not validated(bytes(content), official).intact


def fields_of(content):
    """The form's fields, with the element of the tag tree that the parent tree names for each."""
    reader = pypdf.PdfReader(io.BytesIO(content))
    root = reader.trailer["/Root"]
    numbers = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    parents = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for reference in root["/AcroForm"]["/Fields"]:
        yield reader, reference, parents[reference.get_object()["/StructParent"]].get_object()


@pytest.mark.parametrize("is_signed", [False, True])
def test_the_field_is_one_that_assistive_technology_knows(official, is_signed):
    """PDF/UA-1 (ISO 14289-1), 7.18: a tooltip, an element Form that holds the widget alone, and tabs by structure."""
    paper = paper_pdf(a_paper(), SEAL)
    content = signed(paper, official) if is_signed else paper
    ((reader, reference, element),) = fields_of(content)
    field = reference.get_object()
    assert (field["/Subtype"], field["/FT"], field["/T"], field["/TU"]) == ("/Widget", "/Sig", FIELD, TOOLTIP)
    assert ("/V" in field) is is_signed
    assert (element["/S"], element["/K"][0]["/Type"], len(element["/K"])) == ("/Form", "/OBJR", 1)
    assert element["/K"][0].raw_get("/Obj") == reference
    page = field["/P"].get_object()
    assert page["/Tabs"] == "/S"
    assert reference in page["/Annots"]
    left, bottom, right, top = map(float, field["/Rect"])
    assert 0 < left < right < 595
    assert 0 < bottom < top < 842
    assert top - bottom > 40, "a place that people see"
    tags = [tag for tag, _ in tags_of(reader)]
    assert (tags.count("/Form"), tags.count("/Link")) == (1, 1), "the address for verification stays a link"
    assert re.search(rb"pdfuaid:part\W+1\W", reader.trailer["/Root"]["/Metadata"].get_data())


def test_the_field_is_on_the_last_page_however_long_the_paper_is():
    table = a_paper().sections[0].tables[0]
    rows = tuple((str(number), f"Hasil kerja {number}", "usul", "12 usul") for number in range(120))
    long = a_paper(sections=(Section("Hasil kerja", tables=(Table("Utama", table.columns, rows),)),))
    ((reader, reference, _),) = fields_of(paper_pdf(long, SEAL))
    assert reference.get_object()["/P"].get_object() == reader.pages[-1].get_object()
    assert len(reader.pages) > 2


def test_the_signing_library_finds_one_empty_field():
    found = list(enumerate_sig_fields(PdfFileReader(io.BytesIO(paper_pdf(a_paper(), SEAL)))))
    assert [(name, value) for name, value, _ in found] == [(FIELD, None)]


def test_another_form_of_output_is_refused_by_name():
    plain = pdf._compiled(a_paper(), SEAL, format="pdf", pdf_standards=[pdf.STANDARD])
    assert with_signature_field(plain) == paper_pdf(a_paper(), SEAL)
    with pytest.raises(FieldNotMade, match="place of the field"):
        with_signature_field(plain.replace(b"suar:tanda-tangan", b"suar:tanda_tangan"))
    with pytest.raises(FieldNotMade, match="startxref"):
        with_signature_field(b"%PDF-1.7")
