from vendorops import bench


def test_loading_time_is_measured_against_reading_and_inserting_it_bare():
    figures = bench.member("timesheets").run(lines=500)

    assert (figures["bench"], figures["lines"], figures["entered"]) == ("timesheets", 500, 500)
    assert int(figures["sheets"]) >= 500 // (7 * 2)
    assert float(figures["ratio"]) > 0
