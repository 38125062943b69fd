from datetime import date

import pytest
from sqlmodel import select

from tests import make
from tests.stages.onboarding.applying import ATTACHED, counted, load
from vendorops.domain.refusal import Refused
from vendorops.stages.onboarding import load_company
from vendorops.tables import BankAccount, LegalEntity, Person, RoleGrant

COMPANY = (ATTACHED.parent / "company.yaml").read_text("utf-8")
LIMITED = "limit: 500000.00, currency: CNY, valid_from: 2026-01-01"


def loaded(opener, old: str, new: str) -> None:
    assert old in COMPANY
    with opener(actor="system:company")() as books:
        load_company(books, COMPANY.replace(old, new).encode())


def test_our_company_and_its_people_are_entered_once_however_often_loaded(opener):
    load(opener)
    before = counted(opener)
    load(opener)

    assert counted(opener) == before
    with opener()() as books:
        entity = make.only(books, LegalEntity, code="XH")
        assert make.only(books, BankAccount).party_id == entity.party_id
        assert make.only(books, BankAccount).status == "proposed"
        limits = {grant.handle: grant.limit_minor for grant in books.session.exec(_approvers())}
    assert limits == {"wang.approver": 500_000_000, "chen.approver": 50_000_000}


def _approvers():
    return select(RoleGrant).where(RoleGrant.role == "approver")


def test_somebody_new_is_added_and_a_grant_is_ended_by_loading_again(opener):
    load(opener)
    added = "people:\n  - handle: new.buyer\n    roles: []\n"
    loaded(opener, "people:\n", added)
    loaded(opener, LIMITED, f"{LIMITED}, valid_to: 2026-12-01")

    with opener()() as books:
        make.only(books, Person, handle="new.buyer")
        assert make.only(books, RoleGrant, handle="chen.approver").valid_to == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (LIMITED, LIMITED.replace("500", "900"), "with another limit or deputy; end that grant"),
        (
            "granted_by: board}]\n  - handle: sun",
            "granted_by: zhao.finance}]\n  - handle: sun",
            "zhao.finance: nobody of ours",
        ),
        (", currency: CNY, valid_from", ", valid_from", "needs a currency"),
        ("role: buyer", "role: supplier", "nobody of ours signs for suppliers"),
        ("currency: CNY\n    party", "currency: EUR\n    party", "XH is another company"),
        ("place: cn", "place: zz", "party, place: we know no 'zz'"),
        ("limit: 500000.00", "limit: much", "plain decimal"),
        ("people:", "staff:", "staff is not known here"),
    ],
)
def test_a_wrong_company_file_is_refused_and_changes_nothing(opener, old, new, told):
    load(opener)
    before = counted(opener)

    with pytest.raises(Refused, match=told):
        loaded(opener, old, new)

    assert counted(opener) == before


def test_a_company_becomes_a_registered_platform_once_and_the_day_stays(opener):
    load(opener)
    since = "currency: CNY\n    platform_since: 2026-09-01\n    party"
    loaded(opener, "currency: CNY\n    party", since)

    with opener()() as books:
        assert make.only(books, LegalEntity, code="XH").platform_since == date(2026, 9, 1)
    for other in ("currency: CNY\n    party", since.replace("09-01", "10-01")):
        with pytest.raises(Refused, match="XH is a registered platform since 2026-09-01"):
            loaded(opener, "currency: CNY\n    party", other)
