"""A small org that the tests of this folder look at, and the way to a schema."""

from __future__ import annotations

from objectforge.metadata.metadata import Metadata
from objectforge.relations.resolve import resolve
from objectforge.relations.schema import Schema

ORG = """
objects:
  Company:
    label: {en: Company, ja: 会社}
    fields:
      ParentId: {type: lookup, to: Company, children: Branches, hierarchy: true}
      Industry: [Tech, Food]
      Revenue: currency
      Address: address
      Won: {type: rollup, value: sum(Deals.Amount), where: Stage = 'Won'}
      Twice: {type: formula, returns: currency, formula: Won * 2}
  Product:
    fields: {Price: currency, Code: {type: text, unique: true}}
  Deal:
    unique: {once: [CompanyId, Closes]}
    indexes: [[Stage, -Closes]]
    fields:
      CompanyId: {type: lookup, to: company, on_delete: cascade, filter: Industry = $source.Industry}
      Product__c: {type: lookup, to: Product}
      Stage: [{value: Open, sets: {Chance: 10}}, {value: Won, sets: {Chance: 100, Done: true}}]
      Industry: [Tech, Food]
      Amount: {type: currency, default: 5}
      Chance: percent
      Done: checkbox
      Closes: {type: date, default: "=TODAY() + 30"}
    validations:
      positive: {error_if: Amount < 0, message: No, field: amount}
      unused: {error_if: Amount > 0, message: No, active: false}
  Line:
    fields:
      Deal: {type: master_detail, to: Deal}
      Quantity: number
  Note:
    fields:
      AboutId: {type: lookup, to: [Company, Deal]}
list_views:
  Deal.open:
    columns: [name, Company.Name, company.parent.Name, Company.Revenue]
    params: {least: {type: currency, default: 1000}}
    where: NOT Done AND Amount > :least
    sort: [-Amount, Company.Name]
    kanban: {by: Stage, value: sum(Amount)}
reports:
  by_industry:
    from: Company
    joins: {Deals.Lines: outer, deals: outer, Deals.Product__r: outer}
    rows: [Industry, {field: Deals.Closes, by: month, as: month}]
    measures:
      share: percent_of(amount)
      average: {value: amount / deals, returns: percent}
      amount: sum(Deals.Amount)
      deals: count(Deals)
      companies: count(Company)
      prices: sum(Deals.Product__r.Price)
    having: amount > 1
    sort: [-AMOUNT, industry]
  listed: {from: Deal, columns: [Name, Company.Name], sort: [-Amount]}
layouts:
  Company.main:
    sections: [{fields: [[Name, address], [{field: revenue, show_if: Industry = 'Tech'}]]}]
    related: [{list: deals, columns: [Name, Amount], where: Amount > 1, sort: [-Amount]}, Branches]
"""


def schema_of(text: str) -> Schema:
    return resolve(Metadata.parse(text))
