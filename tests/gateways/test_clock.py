from datetime import UTC, timedelta

from vendorops.gateways import clock


def test_the_present_instant_is_given_in_universal_time():
    assert clock.now().tzinfo is UTC


def test_the_day_is_read_in_the_zone_asked_for():
    ahead, behind = clock.today("Pacific/Kiritimati"), clock.today("Pacific/Niue")

    # These zones are 25 hours apart, so their calendars never show the same day.
    assert timedelta(days=1) <= ahead - behind <= timedelta(days=2)
