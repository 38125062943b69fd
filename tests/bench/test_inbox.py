from vendorops import bench


def test_the_inbox_is_measured_against_reading_it_bare():
    figures = bench.member("inbox").run(lines=300)

    assert (figures["bench"], figures["lines"]) == ("inbox", 300)
    assert float(figures["first_page_seconds"]) > 0
    assert float(figures["floor_seconds"]) > 0
