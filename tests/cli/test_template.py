"""Templates can be listed and looked at before anybody signs what they say."""

import shutil

import pytest

from vendorops.settings import shipped_templates


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    templates = shutil.copytree(shipped_templates(), tmp_path / "templates")
    monkeypatch.setenv("VENDOROPS_TEMPLATES", str(templates))
    return templates


def test_the_list_names_kinds_places_and_the_days_on_which_they_change(run, shelf):
    shutil.copy(shelf / "rpo/xa/2026-01-01.typ", shelf / "rpo/xa/2026-06-01.typ")

    rows = run("template", "list", "--json").rows

    assert {"kind": "rpo", "place": "xa", "versions": ["2026-01-01", "2026-06-01"]} in rows
    assert {"kind": "acceptance-note", "place": "all", "versions": ["2026-01-01"]} in rows


@pytest.mark.usefixtures("shelf")
def test_a_preview_is_written_for_each_place_and_choice_of_languages(run, tmp_path):
    words = ("template", "preview", "acceptance-note", "-o", tmp_path / "out", "--json")

    ran = run(*words, "--languages", "en", "--languages", "zh,en", "--png")

    assert ran.code == 0
    assert [(row["place"], row["languages"], row["pages"]) for row in ran.rows] == [
        (place, languages, 1)
        for place in ("cn", "de", "us", "xa")
        for languages in ("en", "zh,en")
    ]
    for row in ran.rows:
        pdf = tmp_path / "out" / row["file"]
        assert pdf.read_bytes().startswith(b"%PDF-1.7")
        assert pdf.with_name(f"{pdf.stem}-1.png").read_bytes().startswith(b"\x89PNG")


def test_a_template_that_cannot_be_set_is_told_and_the_others_are_still_written(
    run, shelf, tmp_path
):
    broken = shelf / "rpo/xa/2026-01-01.typ"
    broken.write_text(broken.read_text("utf-8") + "#data.nobody\n", "utf-8")

    ran = run("template", "preview", "rpo", "-o", tmp_path, "--languages", "en", "--json")

    assert ran.code == 1
    good, bad = ran.rows
    assert (tmp_path / good["file"]).is_file()
    assert "rpo/xa/2026-01-01 needs 'nobody'" in bad["refused"]
    assert "1 of 2 could not be set" in ran.err


@pytest.mark.usefixtures("shelf")
def test_previewing_what_nobody_wrote_is_refused_and_says_where_to_look(run, tmp_path):
    ran = run("template", "preview", "poem", "-o", tmp_path)

    assert ran.code == 1
    assert "no template is called 'poem'; see vendorops template list" in ran.err
