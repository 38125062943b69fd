"""Secrets open where they were sealed and nowhere else, and the key is guarded."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorops.books.cipher import (
    KEY_BYTES,
    Binding,
    Cipher,
    KeyUnusable,
    NotTheSealedOne,
    Sealed,
    load_master_key,
    new_master_key,
)

CIPHER = Cipher(bytes(range(KEY_BYTES)))
OTHER = Cipher(bytes(KEY_BYTES))
HOME = Binding("bankaccount", "number", 7, CIPHER.key_id)
NUMBER = "6222020200012345670"
TEXTS = st.text(st.characters(codec="utf-8"))


@given(text=TEXTS)
def test_any_text_opens_again_where_it_was_sealed(text: str):
    assert CIPHER.open(CIPHER.seal(text, HOME), HOME) == text


@given(text=TEXTS, row=st.integers(1, 2**63 - 1))
def test_what_opens_a_column_opens_what_opening_one_by_one_does(text: str, row: int):
    sealed = CIPHER.seal(text, HOME._replace(row_id=row))

    opened = CIPHER.opener("bankaccount", "number")(row, *sealed)

    assert opened == CIPHER.open(sealed, HOME._replace(row_id=row)) == text


@pytest.mark.parametrize(
    ("column", "row", "told"),
    [
        ("number", 8, "bankaccount.number of row 8"),
        ("holder", 7, "bankaccount.holder of row 7"),
    ],
)
def test_what_opens_a_column_tells_which_secret_lies_on_the_wrong_row(
    column: str, row: int, told: str
):
    opened = CIPHER.opener("bankaccount", column)

    with pytest.raises(NotTheSealedOne, match=told) as caught:
        opened(row, *CIPHER.seal(NUMBER, HOME))

    assert NUMBER not in str(caught.value)


def test_what_opens_a_column_refuses_a_secret_of_another_key():
    sealed = OTHER.seal(NUMBER, HOME._replace(key_id=OTHER.key_id))

    with pytest.raises(KeyUnusable, match="put the right key file in place"):
        CIPHER.opener("bankaccount", "number")(7, *sealed)


def test_the_same_secret_never_looks_the_same_twice():
    sealed = [CIPHER.seal(NUMBER, HOME) for _ in range(50)]

    assert len({entry.nonce for entry in sealed}) == 50
    assert len({entry.ciphertext for entry in sealed}) == 50
    assert {len(entry.nonce) for entry in sealed} == {12}
    assert NUMBER.encode() not in sealed[0].ciphertext


@pytest.mark.parametrize("moved", [{"row_id": 8}, {"column": "holder"}, {"table": "party"}])
def test_a_ciphertext_moved_elsewhere_does_not_open(moved):
    sealed = CIPHER.seal(NUMBER, HOME)

    with pytest.raises(NotTheSealedOne, match="does not open") as caught:
        CIPHER.open(sealed, HOME._replace(**moved))

    assert NUMBER not in str(caught.value)


@given(text=TEXTS, data=st.data())
def test_a_single_flipped_bit_is_noticed(text: str, data: st.DataObject):
    sealed = CIPHER.seal(text, HOME)
    changed = bytearray(sealed.nonce + sealed.ciphertext)
    bit = data.draw(st.integers(0, 8 * len(changed) - 1))
    changed[bit // 8] ^= 1 << bit % 8
    size = len(sealed.nonce)
    altered = Sealed(sealed.key_id, bytes(changed[:size]), bytes(changed[size:]))

    with pytest.raises(NotTheSealedOne):
        CIPHER.open(altered, HOME)


def test_a_secret_under_another_key_asks_for_the_right_key_file():
    sealed = OTHER.seal(NUMBER, HOME._replace(key_id=OTHER.key_id))

    with pytest.raises(KeyUnusable, match="put the right key file in place"):
        CIPHER.open(sealed, HOME)


def test_a_secret_is_not_sealed_for_a_key_that_could_not_open_it():
    with pytest.raises(ValueError, match="the binding names key"):
        CIPHER.seal(NUMBER, HOME._replace(key_id=OTHER.key_id))


def test_equal_numbers_are_found_by_equal_indexes_within_a_scope():
    index = CIPHER.blind_index(NUMBER, "cn_card")

    assert index == Cipher(bytes(range(KEY_BYTES))).blind_index(NUMBER, "cn_card")
    assert index != CIPHER.blind_index(NUMBER, "cn_account")
    assert index != CIPHER.blind_index(NUMBER[:-1], "cn_card")
    assert index != OTHER.blind_index(NUMBER, "cn_card")
    assert len(index) == 64


def test_a_key_id_tells_keys_apart_and_nothing_about_them():
    assert CIPHER.key_id != OTHER.key_id
    assert CIPHER.key_id not in bytes(range(KEY_BYTES)).hex()


def test_a_new_key_is_for_its_owner_only_and_loads(tmp_path: Path):
    path = tmp_path / "vault.key"

    new_master_key(path)

    assert path.stat().st_mode & 0o777 == 0o600
    assert len(load_master_key(path)) == KEY_BYTES


def test_a_key_that_exists_is_never_replaced(tmp_path: Path):
    path = tmp_path / "vault.key"
    new_master_key(path)
    before = path.read_bytes()

    with pytest.raises(KeyUnusable, match="never replaced"):
        new_master_key(path)

    assert path.read_bytes() == before


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
def test_a_key_that_others_can_reach_is_refused(tmp_path: Path, mode: int):
    path = tmp_path / "vault.key"
    new_master_key(path)
    path.chmod(mode)

    with pytest.raises(KeyUnusable, match="run chmod 600"):
        load_master_key(path)


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_key_of_the_wrong_length_is_refused(tmp_path: Path, length: int):
    path = tmp_path / "vault.key"
    path.touch(0o600)
    path.write_bytes(bytes(length))

    with pytest.raises(KeyUnusable, match=f"has {length} bytes, 32 are needed"):
        load_master_key(path)


def test_a_missing_key_says_how_to_make_one(tmp_path: Path):
    with pytest.raises(KeyUnusable, match="there is no vault key"):
        load_master_key(tmp_path / "vault.key")
