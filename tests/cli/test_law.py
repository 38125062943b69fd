import json

import pytest

from vendorops.identifiers import identifier


def listed(run, *words):
    told = run("law", "applicable", "--json", *words).out
    return [json.loads(line)["rule"] for line in told.splitlines()]


def test_the_payer_decides_by_which_method_a_freelancer_is_taxed(run):
    china = ("--place", "cn", "--income", "labor_remuneration", "--on", "2026-11-10")

    company = listed(run, *china)
    platform = listed(run, *china, "--payer", "platform", "--registered")

    assert company[0] == "cn.iit.labor_remuneration"
    assert "vat.withholding.natural_person" in company
    assert platform[0] == "cn.iit.platform_cumulative"
    assert {"vat.platform_worker.month", "surcharges", "platform_report.due"} <= set(platform)
    assert "vat.withholding.natural_person" not in platform


@pytest.mark.parametrize(
    ("day", "rule"),
    [
        ("2025-12-31", "vat.labor_dispatch.differential_5_old"),
        ("2026-01-01", "vat.labor_dispatch.general_2026"),
    ],
)
def test_dispatch_is_taxed_by_the_law_of_the_day(run, day, rule):
    agency = ("--payee", "company", "--mode", "labor_dispatch", "--on", day)

    rules = listed(run, "--place", "cn", *agency)

    assert [each for each in rules if each.startswith("vat.")] == [rule]
    assert "labor_dispatch.ratio" in rules
    assert "stamp_duty" not in rules


def test_what_applies_is_shown_to_people_as_a_table(run):
    told = run("law", "applicable", "--place", "cn", "--on", "2026-11-10").out

    assert "VAT withheld from a natural person by who pays" in told


def test_cases_are_answered_line_by_line_and_refusals_do_not_stop_the_rest(run, tmp_path):
    case = {"id": "a", "jurisdiction": "CN", "rule": "id.citizen"}
    right = {"inputs": {"value": identifier("cn_ric").EXAMPLE}}
    chosen = {"switches": {"vat_withholding.rate": "none_at_all"}}
    file = tmp_path / "cases.json"
    cases = [
        case | {"inputs": {}},
        case | right | {"id": "b"},
        case | right | chosen | {"id": "c"},
    ]
    file.write_text(json.dumps(cases), encoding="utf-8")

    answer = run("law", "evaluate", str(file))
    told = [json.loads(line) for line in answer.out.splitlines()]

    assert answer.code == 1
    assert "2 of 3 cases; their lines say why: a, c" in answer.err
    assert "value: Field required" in told[0]["refused"]
    assert told[1] == {"id": "b", "result": {"valid": True, "findings": []}}
    assert "vat_withholding.rate: levy_rate, reduced_rate" in told[2]["refused"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "is not JSON"),
        ("{}", "list of cases"),
        ('["a"]', "list of cases"),
        ("[" * 100_000, "nested too deep"),
    ],
)
def test_a_file_that_holds_no_cases_is_refused_whole(run, tmp_path, text, told):
    file = tmp_path / "cases.json"
    file.write_text(text, encoding="utf-8")

    answer = run("law", "evaluate", str(file))

    assert answer.code == 1
    assert told in answer.err


def test_a_case_without_an_id_is_told_by_its_place_in_the_file(run, tmp_path):
    file = tmp_path / "cases.json"
    case = {"jurisdiction": "CN", "rule": "iit.royalty", "inputs": {"payment": "3000"}}
    file.write_text(json.dumps([case | {"day": "2026-10-12"}]), encoding="utf-8")

    (line,) = run("law", "evaluate", str(file)).out.splitlines()

    assert json.loads(line)["id"] == "1"
    assert json.loads(line)["result"]["withheld"] == "440.00"
