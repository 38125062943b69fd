"""Suppliers' standing and their documents over time, as people and scripts command them."""

from datetime import date

import pytest

from tests.cli.conftest import find
from tests.stages.watch.licences import paper
from tests.told import played
from vendorops.books import forget_engines
from vendorops.books.engine import engine
from vendorops.demo import story
from vendorops.demo.world import PlainWorld
from vendorops.gateways.clock import now

DAY = ("--as-of", "2026-10-05", "--json")
AGENCY = "SUP-2026-000004"
OPENS = date(2027, 10, 5)
LICENCE = (
    *("--kind", "dispatch_licence", "--issuer", "昆山市人力资源和社会保障局"),
    *("--number", "320583-LD-2028-0007", "--valid-from", "2028-01-01"),
    *("--figure", "registered_capital=5000000"),
)
INVITATION = """
party:
  kind: organization
  name: 青禾数据有限公司
  place: xa
  identifier: {scheme: xa_number, number: "1000202697"}
  address: 1 Harbour Road
supplier_kind: bpo
reason: the only bidder with a call centre
"""


@pytest.fixture
def in_force(tmp_path_factory, monkeypatch):
    """An installation with four contracts in force, and no work yet."""
    made = played(tmp_path_factory, acts=3)
    find(monkeypatch, made)
    yield made
    engine(made).dispose()
    forget_engines()


def test_two_people_suspend_and_the_lists_say_so(run, in_force):
    words = (AGENCY, "--reason", "wages were paid late", "--as", "lin.buyer")
    (proposed,) = run("supplier", "suspend", *words, *DAY).rows
    answer = ("approve", "--reason", "seen", "--as", "wang.approver")
    run("decide", proposed["decision"], *answer, *DAY)

    PlainWorld(in_force, now).run("suppliers", date(2026, 10, 5))

    (listed,) = run("supplier", "list", "--status", "suspended", "--json").rows
    assert (listed["supplier"], listed["status"]) == (AGENCY, "suspended")
    assert listed["number"].startswith("cn_uscc ••••")
    shown = run("supplier", "show", AGENCY, "--json")
    (change,) = shown.of("change")
    assert (change["then"], change["status"]) == ("suspended", "effected")
    assert {row["kind"] for row in shown.rows} == {
        *("supplier", "case", "contract", "document", "change")
    }
    assert "is suspended" in run("supplier", "prefer", *words, *DAY).err


@pytest.mark.usefixtures("in_force")
def test_a_change_needs_a_person_of_ours_and_a_supplier_that_exists(run):
    words = (AGENCY, "--reason", "because")

    assert "say who you are" in run("supplier", "prefer", *words, *DAY).err
    assert "holds no role" in run("supplier", "prefer", *words, "--as", "gao.staffing", *DAY).err
    unknown = ("SUP-2026-000099", "--reason", "because", "--as", "lin.buyer")
    assert "there is no Supplier" in run("supplier", "prefer", *unknown, *DAY).err


def test_an_invitation_is_proposed_from_a_form_and_shows_no_number(run, home, tmp_path):
    form = tmp_path / "invitation.yaml"
    form.write_text(INVITATION, "utf-8")

    ran = run("supplier", "invite", form, "--as", "lin.buyer", *DAY)

    (proposed,) = ran.rows
    assert home.documents
    assert (proposed["now"], proposed["then"], proposed["expires"]) == (
        *("requested", "invited", "2026-11-04"),
    )
    assert "1000202697" not in ran.out + ran.err


def test_a_renewal_is_seen_in_the_inbox_and_a_renewed_licence_handed_in(run, in_force, tmp_path):
    PlainWorld(in_force, now).run("watch", OPENS)
    file = tmp_path / "licence.pdf"
    file.write_bytes(paper())
    day = ("--as-of", OPENS, "--json")

    inbox = run("inbox", "--as", "lin.buyer", *day)
    renewal = next(row for row in inbox.of("renewal") if row["supplier"] == AGENCY)
    handed = run(
        *("document", "submit", AGENCY, file, *LICENCE, "--valid-to", "2031-01-01", *day),
    )

    assert (renewal["needs"], renewal["due"], renewal["stops"]) == (
        *("dispatch_licence", "2028-01-01", ["award", "start"]),
    )
    assert run("inbox", "--as", "qian.tax", *day).of("renewal") == []
    (row,) = handed.of("document")
    assert (row["version"], row["status"], row["waits_for"]) == (2, "checked", "buyer")
    assert handed.of("finding") == []
    assert "320583-LD-2028-0007" not in handed.out


def test_a_document_that_fails_its_checks_ends_the_command_with_the_reason(
    run, in_force, tmp_path
):
    file = tmp_path / "licence.pdf"
    file.write_bytes(paper(holder="另一家公司"))
    assert in_force

    ran = run("document", "submit", AGENCY, file, *LICENCE, "--valid-to", "2031-01-01", *DAY)

    assert ran.code == 1
    assert "is rejected: the file of dispatch_licence does not name 昆山高远" in ran.err
    (row,) = ran.of("document")
    assert row["status"] == "rejected"


def test_a_file_no_program_can_read_waits_for_a_person_by_name(run, in_force, tmp_path):
    file = tmp_path / "licence.pdf"
    file.write_bytes(b"GIF89a")
    assert in_force

    ran = run("document", "submit", AGENCY, file, *LICENCE, "--valid-to", "2031-01-01", *DAY)

    (row,) = ran.of("document")
    (asked,) = run("inbox", "--as", "lin.buyer", *DAY).of("question")
    assert (row["waits_for"], row["decision"]) == ("buyer", asked["case"])
    assert asked["asks"] == "review"


def test_the_samples_agency_is_the_one_the_tests_speak_of(run, in_force):
    assert in_force
    (row,) = (row for row in run("supplier", "list", "--json").rows if row["type"] == "staffing")

    assert row["supplier"] == AGENCY
    assert date(2026, 10, 1) == story.IN_FORCE
