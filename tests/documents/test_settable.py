"""Looking a contract over finds what setting it finds, and sets one of each shape only."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from tests import make
from tests.documents.contract_facts import TEMPLATES, sample_fields
from vendorops.documents import settable
from vendorops.documents.contracts import render_contract
from vendorops.domain.refusal import Refused


def found(act):
    try:
        act()
    except Refused as refusal:
        return str(refusal)
    return ""
