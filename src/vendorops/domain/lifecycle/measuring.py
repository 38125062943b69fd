"""How a supplier's work is judged."""

from vendorops.domain.lifecycle.status import Status


class ScorecardRunStatus(Status):
    """Whether a score stands; a final one is never changed."""

    COMPUTED = "computed", "published withdrawn"
    PUBLISHED = "published", "contested final"
    CONTESTED = "contested", "final withdrawn"
    FINAL = "final"
    WITHDRAWN = "withdrawn"
    """Other facts came up before it was published, or a contest was granted."""
