import time

import pytest

from tests.gateways import containers as made
from vendorops.domain.refusal import Refused, Unsafe
from vendorops.gateways.child import Quarantined
from vendorops.gateways.containers import archive, container_of, mail, open_container, unpacked
from vendorops.gateways.containers.limits import EmptyContainer


def test_what_lies_in_an_archive_comes_out_as_it_went_in():
    data = made.archive({**made.FILES, "__MACOSX/a.xml": b"x", "folder/c.xml": b"<c/>"})

    listed = open_container(data, container_of(data, "invoices"))

    assert [(each.name, each.size) for each in listed.members] == [
        ("a.xml", 4),
        ("b.csv", 8),
        ("folder/c.xml", 4),
    ]
    assert listed.skipped == ("__MACOSX/a.xml",)
    assert list(unpacked(data, listed)) == [b"<a/>", b"x,y\n1,2\n", b"<c/>"]


def test_what_is_attached_to_a_mail_comes_out_as_it_went_in():
    inner = made.archive()
    data = made.mail(("a.xml", b"<a/>"), ("all.zip", inner), ("Rechnung Größe.pdf", b"%PDF-"))

    listed = open_container(data, container_of(data, "IN 7.eml"))

    assert [each.name for each in listed.members] == ["a.xml", "all.zip", "Rechnung Größe.pdf"]
    assert listed.sender == "Rechnungen <billing@example.org>"
    assert list(unpacked(data, listed)) == [b"<a/>", inner, b"%PDF-"]


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: made.archive({"0.txt": b"0" * 200_000_000}), "E_ZIP_LIMIT"),
        (lambda: made.many(101), "E_ZIP_LIMIT"),
        (made.million, "E_ZIP_LIMIT"),
        (lambda: made.named("../a"), "E_ZIP_PATH"),
        (lambda: made.named("a/../../b"), "E_ZIP_PATH"),
        (lambda: made.named("/etc/cron"), "E_ZIP_PATH"),
        (lambda: made.named(r"C:\a.xml"), "E_ZIP_PATH"),
        (lambda: made.named("C:a.xml"), "E_ZIP_PATH"),
        (lambda: made.named(r"..\a.xml"), "E_ZIP_PATH"),
        (lambda: made.named("a.xml\0.pdf"), "E_ZIP_PATH"),
        (lambda: made.named("x" * 256), "E_ZIP_PATH"),
        (made.linked, "E_ZIP_LINK"),
        (lambda: made.archive({"Invoice.xml": b"1", "INVOICE.XML": b"2"}), "E_ZIP_CLASH"),
        (made.overlapping, "E_ZIP_OVERLAP"),
        (made.encrypted, "E_ZIP_LOCKED"),
        (lambda: made.archive()[:-30], "E_ZIP_BROKEN"),
        (lambda: b"PK\x03\x04 nonsense", "E_ZIP_BROKEN"),
    ],
)
def test_an_archive_that_could_do_harm_is_refused_by_name_before_it_is_unpacked(make, code):
    data = make()
    begun = time.monotonic()

    with pytest.raises(Unsafe, match=code):
        archive.listed(data)

    assert time.monotonic() - begun < 2


def test_a_member_larger_than_it_says_is_never_unpacked_whole():
    data = made.lying()

    assert archive.listed(data)["members"] == [{"name": "bomb.txt", "size": 1000}]
    with pytest.raises(Unsafe, match="E_ZIP_BROKEN"):
        archive.member(data, 0)


@pytest.mark.parametrize("empty", [made.archive({}), made.archive({"__MACOSX/x": b"1"})])
def test_an_archive_without_files_is_refused_as_empty(empty):
    with pytest.raises(EmptyContainer, match="E_ZIP_EMPTY"):
        archive.listed(empty)


def test_a_head_that_tries_to_be_several_lines_stays_one_and_names_no_folder_above():
    listed = mail.listed(made.INJECTED)

    assert listed["sender"] == "Boss??Bcc: all@example.org <x@example.org>"
    assert listed["subject"] == "Pay now??X-Approved: yes"
    assert listed["members"] == [{"name": "../../evil??X: y.xml", "size": 6}]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (made.mail(), "E_MAIL_EMPTY"),
        (made.mail(*[(f"{n}.xml", b"x") for n in range(101)]), "E_MAIL_LIMIT"),
        (made.deep(30), "E_MAIL_LIMIT"),
    ],
)
def test_a_mail_with_nothing_or_too_much_is_refused_by_name(data, code):
    with pytest.raises(Refused, match=code):
        mail.listed(data)


def test_a_mail_that_breaks_its_reader_is_set_aside_and_the_next_one_is_read():
    with pytest.raises(Quarantined):
        open_container(made.deep(3000), "mail")

    assert open_container(made.mail(("a.xml", b"<a/>")), "mail").members[0].name == "a.xml"


def test_a_refusal_in_the_child_is_known_as_unsafe_outside_of_it():
    with pytest.raises(Unsafe, match="E_ZIP_LINK"):
        open_container(made.linked(), "archive")
