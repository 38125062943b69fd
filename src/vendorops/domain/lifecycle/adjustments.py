"""What is agreed to be taken off, or added, without any claim."""

from vendorops.domain.lifecycle.status import Status


class AgreedTermStatus(Status):
    """Whether terms that one person proposed hold: another one agrees or rejects."""

    DRAFT = "draft", "agreed rejected"
    AGREED = "agreed"
    REJECTED = "rejected"
