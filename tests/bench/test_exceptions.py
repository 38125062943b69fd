from vendorops import bench


def test_open_exceptions_are_measured_against_reading_them_bare():
    figures = bench.member("exceptions").run(lines=200)

    assert figures["bench"] == "exceptions"
    assert int(figures["open"]) > 100
    for name in ("first_page_ms", "last_page_ms", "of_a_supplier_ms", "floor_ms"):
        assert float(figures[name]) > 0
