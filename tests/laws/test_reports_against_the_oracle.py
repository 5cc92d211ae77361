"""Law: a report on a random org is, cell by cell, what a brute-force evaluation of the contract gives."""

from __future__ import annotations

import pytest
from answers import differences, living
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_orgs import worlds
from random_reports import reports

EACH = 3  # reports asked of each org


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_reports_on_sqlite_equal_the_oracle(data: st.DataObject) -> None:
    _judge(data, None)


@pytest.mark.postgres
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_reports_on_postgresql_equal_the_oracle(data: st.DataObject, postgres_url: str) -> None:
    _judge(data, postgres_url)


def _judge(data: st.DataObject, url: str | None) -> None:
    world = data.draw(worlds(), "world")
    with living(world, url) as (org, real):
        for _ in range(data.draw(st.integers(1, EACH), "how many reports")):
            report = data.draw(reports(world), "report")
            written = report.written()
            found = differences(report, report.run(real), org.report(written).run())
            assert not found, "\n".join([str(written), *found])
