from tests.stages.onboarding.applying import hand_in, load, run
from tests.stages.onboarding.sample_papers import SAMPLES, applications, papers


def test_the_papers_shipped_are_those_the_applications_describe():
    shipped = {path.name: path.read_bytes() for path in (SAMPLES / "documents").iterdir()}
    described = {name: data for path in applications() for name, data in papers(path).items()}

    assert shipped == described


def test_every_application_shipped_passes_its_checks_without_a_finding(opener):
    load(opener)
    for path in applications():
        hand_in(opener, path.read_bytes())

    outcome = run(opener, "onboarding")

    assert outcome.refused == []
    assert outcome.waiting == [f"QUA-2026-00000{number}" for number in (1, 2, 3, 4)]
