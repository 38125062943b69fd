"""Papers that follow from the books: what was accepted, and what is paid for it and why."""

from vendorops.documents.notices.acceptance import NotAnswered, acceptance_note
from vendorops.documents.notices.settlement import settlement_paper

__all__ = ["NotAnswered", "acceptance_note", "settlement_paper"]
