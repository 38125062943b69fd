"""What a file claims that no reader is certain of: the answer carries the claim itself."""

from collections.abc import Mapping

from vendorops.books.answers._given import Given
from vendorops.books.entered_claims import EnteredWrong, entered, entered_claim
from vendorops.books.unit import Books
from vendorops.domain.claim_checks import check_claim
from vendorops.tables import Decision


def checked(books: Books, decision: Decision, given: Given) -> Mapping[str, object]:
    """Return the claim that was entered; refused where it is incomplete or does not add up.

    A second person who must approve too may bring none, and then lets the first one's stand.
    """
    del books  # Whether supplier and contract fit is asked when it is booked.
    if not given.approves:
        return {}
    if "claim" not in given.detail:
        if decision.step > 1:
            return {}
        raise EnteredWrong(
            f"E_REVIEW_FORM: {decision.reference} asks what the file claims; see and enter it with"
            " vendorops invoice review"
        )
    claim = entered(given.detail["claim"])
    check_claim(entered_claim(claim, "entered"))
    return {"claim": claim.model_dump(mode="json")}
