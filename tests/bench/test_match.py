"""The benchmark ranks seeded people, and the floor finds the same ones."""

from vendorops import bench


def test_the_floor_ranks_the_same_people_of_a_seeded_crowd():
    figures = bench.member("match").run(people=1500)

    assert (figures["bench"], figures["people"]) == ("match", 1500)
    assert int(figures["ranked"]) > 0
    assert float(figures["ours_ms"]) < 100
