from vendorops import bench


def test_judging_invoices_is_measured_against_the_bare_libraries_which_agree_on_each():
    figures = bench.member("intake").run(lines=12)

    assert (figures["bench"], figures["lines"], figures["accepted"]) == ("intake", 12, 12)
    assert float(figures["ratio"]) > 0
    assert float(figures["cpu_ratio"]) > 0
