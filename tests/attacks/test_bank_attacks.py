"""No course of events pays a new account but by three people, a call-back, time and a hand."""

import pytest

from tests.attacks.flaws import FLAWS
from tests.attacks.running import run
from tests.attacks.sequences import HONEST, drawn

FEW, MANY = 500, 6_000
SEED = 20261126


def test_the_honest_course_ends_in_a_payment_to_the_new_account(attacked):
    found = run(attacked, [HONEST])

    assert (found.courses, found.paid, found.broken) == (1, 1, [])


def test_no_attack_pays_an_account_that_was_not_proved(attacked):
    found = run(attacked, drawn(FEW, SEED))

    assert found.courses == FEW
    assert found.broken == []
    assert found.paid > FEW // 20, "hardly any course pays at all: this proves nothing"
    assert found.codes.keys() >= EXPECTED


EXPECTED = {
    "E_BANK_CALL_TIME",
    "E_BANK_CONTACT_UNKNOWN",
    "E_BANK_CONTACT_YOUNG",
    "E_BANK_NO_CALLBACK",
    "E_BANK_PAUSED",
    "E_BANK_PROPOSER",
    "E_BANK_READBACK_DIFFERS",
    "E_BANK_SHARED",
}
"""Refusals that attacks which differ from the honest course once must meet."""


@pytest.mark.parametrize("name", FLAWS)
def test_a_protection_that_is_switched_off_lets_an_attack_through(attacked, monkeypatch, name):
    flaw = FLAWS[name]
    flaw.switch_off(monkeypatch)

    found = run(attacked, [flaw.course])

    assert flaw.course in drawn(FEW, SEED), "the generator does not come to this attack"
    assert found.broken, f"without {name} every attack is still stopped"
    assert flaw.told in found.broken[0][1][0]


@pytest.mark.soak
def test_none_of_six_thousand_attacks_pays_an_account_that_was_not_proved(attacked):
    found = run(attacked, drawn(MANY, SEED))

    assert (found.courses, found.broken) == (MANY, [])
    assert found.paid > MANY // 50
