"""Documents: contracts set from dated templates, files kept by their hash, PDFs read."""

from vendorops.documents.agreed import contract_facts, revisions
from vendorops.documents.contracts import (
    DocumentOrder,
    RenderedContract,
    RenderedDocument,
    render_contract,
    render_document,
)
from vendorops.documents.drafting import check_draft, draft_contract, proposal_of
from vendorops.documents.facts_json import NotFacts, facts_json, facts_of, facts_sha256
from vendorops.documents.fields import ContractFields, ContractTerm
from vendorops.documents.keeping import keep, keep_ahead, kept
from vendorops.documents.licence import LicenceFields, sample_licence
from vendorops.documents.store import (
    DocumentDamaged,
    DocumentMissing,
    DocumentStore,
    StoredDocument,
    StoreUnavailableError,
)
from vendorops.documents.templates import NoTemplate
from vendorops.documents.typesetting import (
    TemplateIncomplete,
    UnknownLanguage,
    UnprintableText,
    UnsafeTemplate,
)
from vendorops.gateways.pdf_text import PdfFacts, UnreadablePdf, pdf_facts

__all__ = [
    "ContractFields",
    "ContractTerm",
    "DocumentDamaged",
    "DocumentMissing",
    "DocumentOrder",
    "DocumentStore",
    "LicenceFields",
    "NoTemplate",
    "NotFacts",
    "PdfFacts",
    "RenderedContract",
    "RenderedDocument",
    "StoreUnavailableError",
    "StoredDocument",
    "TemplateIncomplete",
    "UnknownLanguage",
    "UnprintableText",
    "UnreadablePdf",
    "UnsafeTemplate",
    "check_draft",
    "contract_facts",
    "draft_contract",
    "facts_json",
    "facts_of",
    "facts_sha256",
    "keep",
    "keep_ahead",
    "kept",
    "pdf_facts",
    "proposal_of",
    "render_contract",
    "render_document",
    "revisions",
    "sample_licence",
]
