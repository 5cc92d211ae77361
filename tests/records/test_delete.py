from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from worlds import START, World, codes

from objectforge.errors.exceptions import Conflict, RecordInvalid
from objectforge.storage.registry_tables import bin_links, bin_records

YAML = """
objects:
  Account:
    fields:
      Code: {type: text, unique: true}
      ParentId: {type: lookup, to: Account, on_delete: cascade}
  Contact:
    fields:
      AccountId: {type: lookup, to: Account}
      BossId: {type: lookup, to: Contact}
  Deal:
    fields: {AccountId: {type: lookup, to: Account, required: true}}
  Order:
    fields: {AccountId: {type: master_detail, to: Account}}
  Item:
    fields: {OrderId: {type: master_detail, to: Order}}
  Task:
    fields: {WhatId: {type: lookup, to: [Account, Order]}}
"""


@pytest.fixture
def org(world: Callable[..., World]) -> World:
    return world(YAML)


def binned(org: World) -> tuple[int, int]:
    with org.engine.connect() as connection:
        return tuple(
            connection.scalar(sa.select(sa.func.count()).select_from(table)) for table in (bin_records, bin_links)
        )


def test_children_go_let_go_or_stand_in_the_way(org: World) -> None:
    account = org.one("Account", Name="A")
    below = org.one("Account", Name="B", ParentId=account)
    order = org.one("Order", Name="O", AccountId=below)
    item = org.one("Item", Name="I", OrderId=order)
    contact = org.one("Contact", Name="C", AccountId=account)
    task, other = org.one("Task", Name="T", WhatId=order), org.one("Task", Name="T2", WhatId=account)
    preview = org.preview("Account", account)
    assert preview.gone == {"Account": 2, "Order": 1, "Item": 1}
    assert preview.emptied == {"Contact.AccountId": 1, "Task.WhatId": 2}
    assert preview.blocking == {}

    before = org.get(contact).SystemModstamp
    assert [result.ok for result in org.delete("Account", account)] == [True]
    assert [org.get(each).IsDeleted for each in (account, below, order, item)] == [True] * 4
    assert [org.get(each).IsDeleted for each in (contact, task, other)] == [False] * 3
    assert (org.get(contact).AccountId, org.get(task).WhatId, org.get(other).WhatId) == (None, None, None)
    assert org.get(contact).SystemModstamp > before
    assert binned(org) == (4, 3)

    org.restore("Account", account)
    assert [org.get(each).IsDeleted for each in (account, below, order, item)] == [False] * 4
    assert (org.get(contact).AccountId, org.get(task).WhatId, org.get(other).WhatId) == (account, order, account)
    assert binned(org) == (0, 0)


def test_restrict_names_up_to_twenty_records(org: World) -> None:
    account = org.one("Account", Name="Acme")
    deals = org.create("Deal", *({"Name": f"D{number}", "AccountId": account} for number in range(25)))
    with pytest.raises(RecordInvalid) as caught:
        org.delete("Account", account)
    (error,) = caught.value.errors
    assert error.code == "DELETE_FAILED"
    assert f"Acme ({account}) cannot be deleted" in error.message
    assert "25 records" in error.message
    assert f"D0 ({deals[0].id})" in error.message
    assert f"D19 ({deals[19].id}), ..." in error.message
    assert "D20" not in error.message
    assert org.get(account).IsDeleted is False
    assert org.preview("Account", account).blocking == {"Deal.AccountId": 25}


def test_partial_deletes_what_can_go(org: World) -> None:
    a, b = org.one("Account", Name="A"), org.one("Account", Name="B")
    org.one("Deal", Name="D", AccountId=a)
    results = org.delete("Account", a, b, "nonsense", partial=True)
    assert [result.ok for result in results] == [False, True, False]
    assert [org.get(each).IsDeleted for each in (a, b)] == [False, True]


def test_a_deleted_child_does_not_stand_in_the_way(org: World) -> None:
    account = org.one("Account", Name="A")
    deal = org.one("Deal", Name="D", AccountId=account)
    org.delete("Deal", deal)
    org.delete("Account", account)
    with pytest.raises(Conflict, match="is in the recycle bin"):
        org.restore("Deal", deal)
    org.restore("Account", account)
    org.restore("Deal", deal)
    assert org.get(deal).AccountId == account


def test_only_links_that_are_still_empty_come_back(org: World) -> None:
    a, b = org.one("Account", Name="A"), org.one("Account", Name="B")
    first, second = org.one("Contact", Name="1", AccountId=a), org.one("Contact", Name="2", AccountId=a)
    org.delete("Account", a)
    org.update("Contact", {"Id": first, "AccountId": b})
    org.restore("Account", a)
    assert (org.get(first).AccountId, org.get(second).AccountId) == (b, a)


def test_a_link_between_two_deleted_records_waits_for_the_second(org: World) -> None:
    account = org.one("Account", Name="A")
    contact = org.one("Contact", Name="C", AccountId=account)
    org.delete("Contact", contact)
    org.delete("Account", account)
    org.restore("Contact", contact)
    assert org.get(contact).AccountId is None
    org.restore("Account", account)
    assert org.get(contact).AccountId == account


def test_a_restored_value_that_somebody_took_is_a_conflict_and_nothing_comes_back(org: World) -> None:
    a = org.one("Account", Name="A", Code="x")
    below = org.one("Account", Name="B", ParentId=a)
    org.delete("Account", a)
    taker = org.one("Account", Name="T", Code="X")
    with pytest.raises(Conflict, match=taker):
        org.restore("Account", a)
    assert [org.get(each).IsDeleted for each in (a, below)] == [True, True]


def test_what_is_not_there_cannot_be_deleted_or_restored(org: World) -> None:
    a = org.one("Account", Name="A")
    with pytest.raises(RecordInvalid) as caught:
        org.restore("Account", a)
    assert codes(caught.value.errors) == [("", "INVALID_CROSS_REFERENCE_KEY")]
    org.delete("Account", a)
    with pytest.raises(RecordInvalid) as caught:
        org.delete("Account", a)
    assert codes(caught.value.errors) == [("", "ENTITY_IS_DELETED")]


def test_hard_deletion_leaves_nothing_whatever_points_there(org: World) -> None:
    account = org.one("Account", Name="A")
    below = org.one("Account", Name="B", ParentId=account)
    contact = org.one("Contact", Name="C", AccountId=account)
    gone = org.one("Contact", Name="G", AccountId=account, BossId=contact)
    deal = org.one("Deal", Name="D", AccountId=below)
    order = org.one("Order", Name="O", AccountId=account)
    item = org.one("Item", Name="I", OrderId=order)
    for name, each in (("Contact", gone), ("Deal", deal), ("Item", item)):
        org.delete(name, each)
    org.delete("Account", account, hard=True)
    assert [org.get(each) for each in (account, below, deal, order, item)] == [None] * 5
    assert (org.get(contact).AccountId, org.get(gone).AccountId) == (None, None)
    assert binned(org) == (1, 0)


def test_emptying_the_bin_takes_what_is_old_enough(org: World) -> None:
    old, new = org.one("Account", Name="A"), org.one("Account", Name="B")
    org.one("Order", Name="O", AccountId=old)
    org.now = START
    org.delete("Account", old)
    org.now = START + timedelta(days=20)
    org.delete("Account", new)
    assert org.empty_bin(older_than=START + timedelta(days=5)) == 2
    assert org.get(old) is None
    assert org.get(new).IsDeleted is True
    assert org.empty_bin() == 1
    assert binned(org) == (0, 0)


def test_a_user_who_owns_something_stays(org: World) -> None:
    user = org.one("User", Name="U", Username="u")
    org.one("Account", Name="A", OwnerId=user)
    with pytest.raises(RecordInvalid, match="Owner"):
        org.delete("User", user)


def test_the_user_the_org_works_as_stays(org: World) -> None:
    with pytest.raises(RecordInvalid, match="works as this user"):
        org.delete("User", org.user)


def test_a_detail_that_changes_hands_gets_a_new_stamp(org: World) -> None:
    user = org.one("User", Name="U", Username="u")
    account = org.one("Account", Name="A")
    item = org.one("Item", Name="I", OrderId=org.one("Order", Name="O", AccountId=account))
    before = org.get(item).SystemModstamp
    org.update("Account", {"Id": account, "OwnerId": user})
    assert org.get(item).OwnerId == user
    assert org.get(item).SystemModstamp > before


def test_a_long_chain_goes_without_recursion(org: World) -> None:
    count = 2_000
    ids = [result.id for result in org.create("Account", *({"Name": str(number)} for number in range(count)))]
    pairs = zip(ids[1:], ids, strict=False)
    org.update("Account", *({"Id": child, "ParentId": parent} for child, parent in pairs))
    org.delete("Account", ids[0])
    assert binned(org) == (count, 0)
    org.restore("Account", ids[-1])
    assert binned(org) == (0, 0)
