import pytest

from tests.templates import started_anew
from vendorops.gateways import child


@pytest.fixture(autouse=True)
def _every_child_starts_anew(monkeypatch):
    """Read as the product does: what a child may do is what these tests are about."""
    monkeypatch.setattr(child, "_answers", started_anew)
