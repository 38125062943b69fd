"""Who is told that another account was proposed, and who may say how a supplier is reached."""

from email import message_from_bytes, policy

import pytest
from sqlmodel import col, select

from tests.stages.bank_accounts.protocol import CHANGE, NEW, found, propose
from tests.stages.onboarding.applying import run
from vendorops.domain.refusal import Refused
from vendorops.tables import AccountNotice, Effect, Event


@pytest.fixture
def settings(known):
    return known


@pytest.fixture
def supplier():
    return "SUP-2026-000001"


def test_those_on_file_before_and_the_owner_are_told_in_the_transaction(opener, supplier):
    mail = {"kind": "email", "source": "portal"}
    found(opener, supplier, "qin.rpo", CHANGE, value="old@qintu.example", **mail)
    account = propose(opener, supplier)
    found(opener, supplier, "qin.rpo", CHANGE, value="new@evil.example", **mail)
    run(opener, "delivery", as_of=CHANGE)

    with opener()() as books:
        letters = [
            message_from_bytes(path.read_bytes(), policy=policy.SMTP)
            for path in sorted(books.settings.outgoing.glob("*.eml"))
        ]
        assert {str(letter["To"].addresses[0].addr_spec) for letter in letters} == {
            "service@qintu.example",
            "old@qintu.example",
            "procurement@xinghe.example",
        }
        assert all("••••6781" in letter.get_content() for letter in letters)
        assert all(NEW not in letter.get_content() for letter in letters)
        promised = books.session.exec(
            select(Event.subject_id).join(Effect, col(Effect.event_id) == col(Event.id))
        )
        assert set(promised) == {account.id}
        assert len(books.session.exec(select(AccountNotice)).all()) == 3


def test_a_number_entered_by_way_of_a_register_names_the_register(opener, supplier):
    with pytest.raises(Refused, match="found_in is missing"):
        found(opener, supplier, found_in="")


@pytest.mark.parametrize(
    ("who", "source"),
    [
        ("qin.rpo", "register"),
        ("qin.rpo", "buyer"),
        ("lin.buyer", "portal"),
        ("ada.admin", "buyer"),
    ],
)
def test_a_contact_is_entered_by_whom_its_source_says(opener, supplier, who, source):
    with pytest.raises(Refused, match=r"^E_BANK_CONTACT_SOURCE"):
        found(opener, supplier, who, source=source)
