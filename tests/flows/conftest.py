"""One Prefect server for all tests of flows, started when the first of them needs it."""

from tempfile import TemporaryDirectory

import pytest

import flows

# Before any test of this folder imports Prefect, which reads its settings once.
HOME = TemporaryDirectory(prefix="vendorops-prefect-")
flows.prepare(HOME.name, quiet=True)


@pytest.fixture(scope="session")
def prefect():
    from prefect.testing.utilities import prefect_test_harness  # noqa: PLC0415 - after prepare.

    from flows.driver import without_heartbeats  # noqa: PLC0415 - after prepare.

    with prefect_test_harness(server_startup_timeout=180), without_heartbeats():
        yield
