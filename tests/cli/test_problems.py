"""An outage is told by what to do about it."""

import pytest
from sqlalchemy.exc import OperationalError

from vendorops.cli.problems import sentence

FAILED = 'connection to server on socket "/run/s" failed: '


@pytest.mark.parametrize(
    ("said", "todo"),
    [
        (
            f'{FAILED}FATAL:  database "books" does not exist',
            "make it, or correct VENDOROPS_DATABASE",
        ),
        (f"{FAILED}No such file or directory", "start it"),
    ],
)
def test_a_server_without_the_database_is_not_told_to_be_started(said, todo):
    told = sentence(OperationalError("SELECT 1", {}, Exception(said))) or ""

    assert told.endswith(todo)
    assert said in told
