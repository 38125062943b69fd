"""Documents: contracts set from dated templates, files kept by their hash, PDFs read."""

from vendorops.documents.agreed import contract_facts, revisions, sheet_quantities
from vendorops.documents.contracts import NoTemplate, RenderedContract, render_contract
from vendorops.documents.drafting import draft_contract, proposal_of
from vendorops.documents.facts_json import NotFacts, facts_json, facts_of, facts_sha256
from vendorops.documents.fields import ContractFields, ContractTerm
from vendorops.documents.keeping import keep, kept
from vendorops.documents.licence import LicenceFields, sample_licence
from vendorops.documents.store import (
    DocumentDamaged,
    DocumentMissing,
    DocumentStore,
    StoredDocument,
    StoreUnavailableError,
)
from vendorops.documents.typesetting import TemplateIncomplete, UnprintableText
from vendorops.gateways.pdf_text import PdfFacts, UnreadablePdf, pdf_facts

__all__ = [
    "ContractFields",
    "ContractTerm",
    "DocumentDamaged",
    "DocumentMissing",
    "DocumentStore",
    "LicenceFields",
    "NoTemplate",
    "NotFacts",
    "PdfFacts",
    "RenderedContract",
    "StoreUnavailableError",
    "StoredDocument",
    "TemplateIncomplete",
    "UnprintableText",
    "UnreadablePdf",
    "contract_facts",
    "draft_contract",
    "facts_json",
    "facts_of",
    "facts_sha256",
    "keep",
    "kept",
    "pdf_facts",
    "proposal_of",
    "render_contract",
    "revisions",
    "sample_licence",
    "sheet_quantities",
]
