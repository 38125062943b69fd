"""What one set of official rules says of one document."""

from dataclasses import dataclass

from vendorops.domain.finding import Finding, fatal


@dataclass(frozen=True)
class Verdict:
    """The findings of one version of a rule set, which the hash of its stylesheet names."""

    rules: str
    """Name of the rule set, such as `en16931`."""
    version: str
    sha256: str
    """Of the stylesheet."""
    findings: tuple[Finding, ...]
    aborted: bool = False
    """Whether the rules themselves broke off: the document was not acquitted."""

    @property
    def accepted(self) -> bool:
        """Whether no rule that stops a document is broken."""
        return not fatal(list(self.findings))

    @property
    def title(self) -> str:
        """Name and version."""
        return f"{self.rules} {self.version}"
