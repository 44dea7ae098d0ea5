"""An agency signs a paper with its own certificate: the signature holds, the paper stays what it was, and a change shows."""

import io
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
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from documents.pdf import paper_pdf
from tests.documents.samples import SEAL, a_paper


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
    writer = IncrementalPdfFileWriter(io.BytesIO(paper))
    field = SigFieldSpec("TandaTanganPejabat", on_page=-1, box=(300, 60, 540, 120))
    metadata = signers.PdfSignatureMetadata(field_name="TandaTanganPejabat", reason="Pengesahan dokumen")
    return signers.sign_pdf(writer, metadata, signer=official, new_field_spec=field).getvalue()


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
    root = pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a value of the file, not a boolean of ours


def test_a_signed_paper_that_was_changed_is_not_intact(official):
    content = bytearray(signed(paper_pdf(a_paper(), SEAL), official))
    at = content.index(b"/Title")
    content[at + 8] ^= 1
    assert not validated(bytes(content), official).intact
