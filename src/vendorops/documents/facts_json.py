"""The facts of a contract as canonical JSON, and back: one spelling, read strictly."""

from functools import lru_cache
from hashlib import sha256

from pydantic import TypeAdapter, ValidationError

from vendorops.books import canonical
from vendorops.domain.contract_facts import ContractFacts
from vendorops.domain.refusal import Refused

_FACTS = TypeAdapter(ContractFacts)


class NotFacts(Refused):
    """The text is not the canonical JSON of a contract's facts."""


def facts_json(facts: ContractFacts) -> str:
    """Return the one spelling of facts: sorted names, days as ISO 8601, whole numbers."""
    return canonical(_FACTS.dump_python(facts, mode="json")).decode()


@lru_cache(maxsize=512)  # One step asks for the same facts several times.
def facts_of(text: str) -> ContractFacts:
    """Return the facts that a text spells; raises NotFacts where it is not exactly their spelling.

    Written again they must be the same text, so nothing is missing, unknown or out of order.
    """
    try:
        facts = _FACTS.validate_json(text, strict=True)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        where = ", ".join(str(part) for part in first["loc"]) or "the whole"
        raise NotFacts(f"these are no facts of a contract: {where}: {first['msg']}") from None
    if facts_json(facts) != text:
        raise NotFacts(
            "these facts are not in their canonical spelling, or say what no contract knows; "
            "write them with vendorops contract facts"
        )
    return facts


def facts_sha256(text: str) -> str:
    """Return the hash by which decisions and papers name facts."""
    return sha256(text.encode()).hexdigest()
