"""A geolocation field is a place in formulas, conditions and validations."""

from __future__ import annotations

from decimal import Decimal

import pytest

from objectforge import Metadata
from objectforge.errors.exceptions import RecordInvalid
from objectforge.testing import temp_org

METADATA = """
objects:
  Shop:
    fields:
      Site: geolocation
      Far: {type: formula, returns: number, formula: "DISTANCE(Site, GEOLOCATION(35.68, 139.69), 'km')"}
      Nowhere: {type: formula, returns: checkbox, formula: "ISBLANK(Site)"}
    validations:
      near: {error_if: "DISTANCE(Site, GEOLOCATION(0, 0), 'km') < 10", message: Too near}
"""


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_the_distance_of_a_place_is_computed_everywhere(engine: str, request: pytest.FixtureRequest) -> None:
    url = request.getfixturevalue("postgres_url") if engine == "postgresql" else None
    with temp_org(Metadata.parse(METADATA), url=url) as org:
        org["Shop"].create({"Name": "Osaka", "SiteLatitude": 34, "SiteLongitude": 135})
        org["Shop"].create({"Name": "Web"})
        found = [(shop.Name, shop.Far, shop.Nowhere) for shop in org["Shop"].find()]
        assert found == [("Osaka", Decimal("466.94"), False), ("Web", None, True)]
        near = org["Shop"].find("DISTANCE(Site, GEOLOCATION(35.68, 139.69), 'km') < 1000")
        assert [shop.Name for shop in near] == ["Osaka"]
        with pytest.raises(RecordInvalid, match="Too near"):
            org["Shop"].create({"Name": "Zero", "SiteLatitude": 0, "SiteLongitude": 0})
