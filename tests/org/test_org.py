from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from objectforge.errors.exceptions import NotFound, QueryError
from objectforge.metadata.metadata import Metadata
from objectforge.org.org import Org
from objectforge.testing.temp import temp_org

STORE = """
objects:
  Store:
    fields:
      Sold: {type: rollup, value: count(Sales)}
  Sale:
    fields:
      Store: {type: master_detail, to: Store, children: Sales}
      Pattern: text
    list_views:
      all: {columns: [Name], sort: [Name]}
    layouts:
      main: {sections: [{label: All, fields: [[Name]]}]}
reports:
  sales: {from: Sale, measures: {n: count(Sale)}}
"""


@pytest.fixture
def org() -> Iterator[Org]:
    with temp_org(Metadata.parse(STORE)) as made:
        yield made


@pytest.mark.parametrize(
    ("message", "ask"),
    [
        pytest.param("there is no object 'Stor': did you mean 'Store'?", lambda org: org["Stor"], id="object"),
        pytest.param("there is no list view 'Sale.al'", lambda org: org.list_view("Sale.al"), id="list view"),
        pytest.param("there is no report 'sale'", lambda org: org.report("sale"), id="report"),
        pytest.param("'x' is not the id of a record", lambda org: org["Store"].get("x"), id="record"),
    ],
)
def test_what_is_not_there_is_said_with_what_is_close(org: Org, message: str, ask: Callable[[Org], object]) -> None:
    with pytest.raises(NotFound) as caught:
        ask(org)

    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("code", "ask"),
    [
        pytest.param("OF801", lambda org: org.list_view("Sale.all").page(after="x"), id="no cursor"),
        pytest.param(
            "OF802",
            lambda org: org.list_view("Sale.all").page(after=org.list_view("Sale.all").page(1).next, sort="-Name"),
            id="a cursor of another order",
        ),
    ],
)
def test_what_cannot_be_asked_is_an_issue(org: Org, code: str, ask: Callable[[Org], object]) -> None:
    store = org["Store"].create(Name="s")
    org["Sale"].create_many([{"Name": name, "Store": store.Id} for name in ("a", "b")])

    with pytest.raises(QueryError) as caught:
        ask(org)

    assert code == caught.value.issue.code


def test_a_user_owns_what_the_org_creates_for_them(org: Org) -> None:
    ada = org["User"].create(Username="ada", Name="Ada")

    made = org.as_user(ada)["Store"].create(Name="hers")

    assert (ada.Id, ada.Id) == (made.OwnerId, made.CreatedById)
    assert ada.Id != org["Store"].create(Name="mine").OwnerId


def test_an_org_cannot_be_had_for_a_user_who_is_not_there(org: Org) -> None:
    with pytest.raises(NotFound):
        org.as_user("005000000000099AAA")
