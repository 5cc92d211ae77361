from __future__ import annotations

import pytest

from objectforge.errors.exceptions import ObjectForgeError
from objectforge.metadata.metadata import Metadata
from objectforge.storage.snapshot import dump, restore

ORG = """
uses: [sales]
settings: {org: {name: Acme, timezone: Asia/Tokyo, fiscal_year: {start: 4}}}
objects:
  Invoice:
    label: {en: Invoice, ja: 請求書}
    name_field: {type: autonumber, format: "INV-{00000}"}
    unique: {one: [Account, Issued]}
    indexes: [[Issued, -Total]]
    fields:
      Account: {type: lookup, to: Account, on_delete: restrict}
      Issued: {type: date, default: "=TODAY()"}
      Total: number(5,3)
      Status: [Draft, {value: Sent, label: 送付済, sets: {Total: 1}}]
      Site: geolocation
    validations:
      positive: {error_if: "Total < 0", message: {en: no, ja: いいえ}}
extend:
  Account:
    fields:
      Tier__c: {type: picklist, value_set: Region, was: Level__c}
    override: {Industry: {required: true, values: {add: [Robotics], hide: [Other]}}}
value_sets:
  Region: [East, West]
reports:
  sizes:
    from: Account
    rows: [{field: AnnualRevenue, bucket: [10, 20]}, {field: Industry, bucket: {limits: [Banking]}, other: Rest}]
    measures: {n: count()}
"""


@pytest.mark.parametrize("text", [pytest.param("", id="nothing"), pytest.param(ORG, id="every section")])
def test_metadata_is_restored_equal(text: str) -> None:
    metadata = Metadata.parse(text)
    kept = dump(metadata)
    assert metadata == restore(kept)
    assert kept == dump(restore(kept))


def test_a_field_type_that_is_not_installed_is_named() -> None:
    kept = dump(Metadata.parse(ORG)).replace('"$type":"geolocation"', '"$type":"hologram"')
    with pytest.raises(ObjectForgeError, match="'hologram', which is not installed"):
        restore(kept)
