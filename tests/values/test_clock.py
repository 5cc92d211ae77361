from datetime import UTC, datetime, timedelta, timezone

import pytest

from objectforge.values.clock import FixedClock, system_clock


def test_a_fixed_clock_stands_still_until_it_is_moved():
    clock = FixedClock(datetime(2026, 4, 1, 9, tzinfo=timezone(timedelta(hours=9))))
    assert datetime(2026, 4, 1, tzinfo=UTC) == clock() == clock()
    assert clock().tzinfo == UTC
    clock.advance(timedelta(days=1))
    assert datetime(2026, 4, 2, tzinfo=UTC) == clock()


def test_a_clock_needs_a_zone():
    with pytest.raises(ValueError, match="aware"):
        FixedClock(datetime(2026, 4, 1))


def test_the_system_clock_tells_utc():
    assert timedelta(0) == system_clock().utcoffset()
