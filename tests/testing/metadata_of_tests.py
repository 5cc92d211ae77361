"""Metadata that the tests of this folder share."""

from objectforge.metadata.metadata import Metadata

__all__ = ["GARAGE"]

GARAGE = Metadata.parse("""
objects:
  Company:
    name_field: {type: text, length: 40, required: true, unique: true}
    fields:
      Kind: {type: picklist, values: [Garage, Supplier], default: Garage}
      Owned_By: {type: lookup, to: Company, children: Branches}
      Site: geolocation
      Services: {type: multipicklist, values: [Paint, Tyres, Glass]}
  Mechanic:
    name_field: {type: person_name}
    fields:
      Company: {type: lookup, to: Company, required: true}
      Mentor: {type: lookup, to: Mechanic, children: Pupils}
      Badge: {type: text, length: 8, unique: true}
      Email: email
      City: text
  Car:
    name_field: {type: autonumber, format: "C-{0000}"}
    fields:
      Company: {type: master_detail, to: Company, children: Cars}
      Plate: {type: text, length: 12, required: true, unique: true}
      Country: {type: picklist, values: [Japan, Germany], required: true}
      Town:
        type: picklist
        values: [Osaka, Tokyo, Berlin]
        required: true
        controlled_by: Country
        when: {Japan: [Osaka, Tokyo], Germany: [Berlin]}
      Bought: date
      Notes: {type: json}
  Job:
    name_field: {type: autonumber, format: "J-{0000}"}
    unique: {once: [Car, Mechanic]}
    fields:
      Car: {type: lookup, to: Car, required: true}
      Mechanic: {type: lookup, to: Mechanic, required: true}
      Supplier: {type: lookup, to: Company, children: Supplied, required: true, filter: "Kind = 'Supplier'"}
      Start: {type: date, required: true}
      End: {type: date, required: true}
      Price: {type: currency, required: true}
      Status:
        type: picklist
        values: [{value: Open, sets: {Open_Hours: 8}}, {value: Shut, sets: {Open_Hours: 0}}]
        required: true
      Open_Hours: {type: number, required: true}
      About: {type: lookup, to: [Car, Mechanic], children: Remarks}
    validations:
      order: {error_if: "End <= Start", message: it ends first, field: End}
  Chain:
    fields:
      Next: {type: lookup, to: Link, children: Chains, required: true}
  Link:
    fields:
      Chain: {type: lookup, to: Chain, children: Links, required: true}
  Choice:
    fields:
      Car: {type: lookup, to: Car}
      Mechanic: {type: lookup, to: Mechanic}
      Never: checkbox
    validations:
      one: {error_if: "ISBLANK(Car) = ISBLANK(Mechanic)", message: either a car or a mechanic}
""")
