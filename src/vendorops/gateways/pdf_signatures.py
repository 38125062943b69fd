"""Signs PDFs in the company's name, and reads who signed one: PAdES (ETSI EN 319 142) by pyHanko.

Signing the same bytes on the same day gives the same bytes: the key is RSA with PKCS#1 v1.5, the
time is given, and the file's second identifier follows from its first. Nothing is fetched.
"""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import PdfSigner, PdfSigningSession
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from vendorops.domain.refusal import Refused

KEY_BITS = 3072
"""Enough until 2030 and beyond (NIST SP 800-57)."""
YEARS = timedelta(days=10 * 365)
OTHERS = 0o077


class CertificateUnusable(Refused):
    """The certificate that signs for a company is missing, open to others or broken."""


class NotSignable(Refused):
    """The PDF cannot be signed as it is."""


@dataclass(frozen=True)
class FoundSignature:
    """One signature in a PDF, and what became of the file since."""

    field: str
    signer: str
    certificate_sha256: str
    at: str
    """When, as the signer says."""
    intact: bool
    """The bytes it covers are those that were signed, with the key of that certificate."""
    to_the_end: bool
    """It covers the whole file: nothing was added after it."""
    changed_after: str
    """What was added after it: `none`, `lta_updates`, `form_filling`, `annotations`, `other`."""


def new_certificate(path: Path, company: str, since: datetime) -> str:
    """Write a certificate that the company issues to itself, for trial; return its SHA-256.

    It lies with its key in one PKCS#12 file that only its owner may read. One that is there is
    never replaced: put the certificate of a trust service under that name yourself.
    """
    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, company[:64])])
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(since + YEARS)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    data = pkcs12.serialize_key_and_certificates(None, key, certificate, None, NoEncryption())
    _write_once(path, data)
    return certificate.fingerprint(hashes.SHA256()).hex()


def _write_once(path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.part")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # Unlike a rename it never replaces what is there.
    except FileExistsError:
        raise CertificateUnusable(
            f"{path} exists; a certificate is never replaced by this command"
        ) from None
    finally:
        draft.unlink()


def certificate_sha256(path: Path) -> str:
    """Return the hash by which signatures name a certificate."""
    return str(_signer(path).signing_cert.sha256.hex())


def _signer(path: Path) -> Any:  # noqa: ANN401 - pyHanko's own.
    if not path.is_file():
        raise CertificateUnusable(f"there is no certificate at {path}")
    if path.stat().st_mode & OTHERS:
        raise CertificateUnusable(f"others may read {path}; run chmod 600 on it")
    signer = SimpleSigner.load_pkcs12(str(path))  # type: ignore[no-untyped-call]  # pyHanko types it not.
    if signer is None:
        raise CertificateUnusable(f"{path} is no PKCS#12 file without a password")
    return signer


class _Session(PdfSigner):
    """Signs as of a given instant instead of the machine's."""

    moment: datetime

    def init_signing_session(
        self,
        pdf_out: BasePdfFileWriter,
        existing_fields_only: bool = False,  # noqa: FBT001, FBT002 - pyHanko's own.
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.moment
        return session


class _Repeatable(IncrementalPdfFileWriter):
    """Gives the changed file an identifier that follows from the one before.

    What the document says of itself stays as it is: only the signature tells its time.
    """

    def _update_meta(self) -> None:
        pass

    @classmethod
    def _handle_id(cls, prev: Any) -> Any:  # noqa: ANN401 - pyHanko's own.
        before = prev.trailer["/ID"][0] if "/ID" in prev.trailer else b""
        first = before.original_bytes if hasattr(before, "original_bytes") else bytes(before)
        second = sha256(b"vendorops/signed/v1" + first).digest()[:16]
        return generic.ArrayObject(
            [generic.ByteStringObject(first or second), generic.ByteStringObject(second)]
        )


def sign_pdf(data: bytes, certificate: Path, moment: datetime, field: str) -> bytes:
    """Return a PDF with the company's signature; others may add theirs and nothing else."""
    signer = _signer(certificate)
    about = PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=not _signatures(data),
        docmdp_permissions=MDPPerm.FILL_FORMS,
    )
    session = _Session(about, signer=signer)
    session.moment = moment
    try:
        signed = session.sign_pdf(_Repeatable(BytesIO(data)))
    except (SigningError, PdfError) as error:
        raise NotSignable(f"the PDF cannot be signed: {error}") from error
    return bytes(signed.getvalue())


def _signatures(data: bytes) -> list[Any]:
    return list(PdfFileReader(BytesIO(data)).embedded_signatures)


def found_signatures(data: bytes) -> dict[str, Any]:
    """Return every signature of a PDF: the task of a limited child, for untrusted bytes."""
    try:
        embedded = _signatures(data)
    except (PdfError, ValueError) as error:
        raise Refused(f"the file cannot be read as a PDF: {error}") from error
    return {"signatures": [vars(_found(signature)) for signature in embedded]}


def _found(signature: Any) -> FoundSignature:  # noqa: ANN401 - pyHanko's own.
    certificate = signature.signer_cert
    known = {
        "field": str(signature.field_name),
        "signer": str(certificate.subject.native.get("common_name", "")),
        "certificate_sha256": certificate.sha256.hex(),
        "at": signature.self_reported_timestamp.isoformat()
        if signature.self_reported_timestamp
        else "",
    }
    context = ValidationContext(trust_roots=[certificate], allow_fetching=False)
    try:
        status = validate_pdf_signature(signature, signer_validation_context=context)
    except (SignatureValidationError, PdfError, ValueError):
        return FoundSignature(**known, intact=False, to_the_end=False, changed_after="other")
    level = status.modification_level
    return FoundSignature(
        **known,
        intact=bool(status.intact and status.valid),
        to_the_end=status.coverage is SignatureCoverageLevel.ENTIRE_FILE,
        changed_after=level.name.lower() if level else "other",
    )
