"""What a claim line may have meant whose reference nobody knows.

Suggested by likeness, confirmed by people, never paid by itself.
"""

from vendorops.claiming.references.correcting import correct_references, corrections
from vendorops.claiming.references.suggesting import Suggester, Suggestion, unresolved

__all__ = ["Suggester", "Suggestion", "correct_references", "corrections", "unresolved"]
