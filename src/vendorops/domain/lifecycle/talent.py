"""People we may propose to those who look for somebody, and what they bring to show."""

from vendorops.domain.lifecycle.status import Status


class TalentStatus(Status):
    """How far a person's identity and claims have been verified by somebody of ours."""

    REGISTERED = "registered", "verified doubtful"
    VERIFIED = "verified", "proposable doubtful"
    PROPOSABLE = "proposable", "verified doubtful"
    DOUBTFUL = "doubtful", "registered"


class TalentCertificateStatus(Status):
    """Whether a certificate somebody claims was found with its issuer."""

    CLAIMED = "claimed", "verified rejected"
    VERIFIED = "verified", "revoked"
    REJECTED = "rejected"
    REVOKED = "revoked"
