"""The files of a new app, as text."""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["scaffold"]

_EDITOR = "# yaml-language-server: $schema=../objectforge.schema.json\n"

_CONFIG = """\
# What objectforge commands use in this folder when you do not say otherwise.
org: sqlite:///{slug}.db # or postgresql+psycopg://user:password@host/database, with "name: a_schema"
metadata: [app]
"""

_SETTINGS = """\
settings:
  org: {{name: {name}, timezone: UTC, locale: en, currency: USD}}
# uses: [sales]   # accounts, contacts, opportunities, products, cases and more, ready made
"""

_PROJECT = """\
objects:
  Project:
    fields:
      Status: [Planned, Running, Done]
      Owner_Team: text(40)
      Start: {type: date, default: "=TODAY()"}
      Due: date
      Budget: currency
    validations:
      due_after_start:
        error_if: Due < Start
        message: A project cannot be due before it starts
        field: Due
    list_views:
      open:
        label: Open projects
        columns: [Name, Status, Owner_Team, Due, Budget]
        where: "Status != 'Done'"
        sort: [Due]
    layouts:
      main:
        sections:
          - {label: Project, fields: [[Name, Status, Owner_Team], [Start, Due, Budget]]}

reports:
  budget_by_team:
    label: Budget by team and status
    from: Project
    rows: [Owner_Team, Status]
    measures:
      projects: count(Project)
      budget: sum(Budget)
"""

_RECORDS = """\
Name,Status,Owner_Team,Start,Due,Budget
New website,Running,Marketing,2026-01-12,2026-06-30,24000.00
Trade fair,Planned,Marketing,2026-03-02,2026-09-18,61500.50
Warehouse move,Running,Operations,2026-02-01,2026-05-31,180000.00
Price list,Done,Sales,2026-01-05,2026-02-15,3000.00
"""

_README = """\
# {name}

The metadata is in `app/`. Change it, then:

```bash
objectforge validate        # every problem, with its place and what to type
objectforge plan            # what would change in the org
objectforge apply           # change it
objectforge load Project projects.csv
objectforge list Project.open
objectforge report budget_by_team
```

`objectforge.yaml` says where the org is. `objectforge COMMAND --help` shows examples of each command.
"""


def scaffold(folder_name: str) -> Mapping[str, str]:
    """The files of an app by path, named after the folder they go into."""
    slug = re.sub(r"[^a-z0-9]+", "-", folder_name.lower()).strip("-") or "app"
    name = slug.replace("-", " ").capitalize()
    name = f'"{name}"' if not name[0].isalpha() else name
    return {
        "objectforge.yaml": _CONFIG.format(slug=slug),
        "app/settings.yaml": _EDITOR + _SETTINGS.format(name=name),
        "app/project.yaml": _EDITOR + _PROJECT,
        "projects.csv": _RECORDS,
        "README.md": _README.format(name=name.strip('"')),
    }
