"""ObjectForge inside another program: one engine, one file, one transaction."""

from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from objectforge import Org, RecordInvalid

shop = sa.MetaData()
orders = sa.Table(
    "orders",
    shop,
    sa.Column("number", sa.String, primary_key=True),
    sa.Column("price", sa.Integer, nullable=False),
)


def place_order(engine: sa.Engine, number: str, price: int, **visit: int) -> None:
    """Write the shop's row and the org's record, both or neither."""
    with engine.begin() as connection:
        connection.execute(orders.insert().values(number=number, price=price))
        Org.attach(connection)["Visit"].create(Order_Number=number, **visit)


def main() -> None:
    with TemporaryDirectory() as folder:
        engine = sa.create_engine(f"sqlite:///{Path(folder) / 'shop.db'}")
        shop.create_all(engine)
        org = Org.open(engine=engine)
        org.deploy("visits.yaml")

        place_order(engine, "A-1", 48, Seats=4, Wheelchairs=1)
        try:
            place_order(engine, "A-2", 24, Seats=2, Wheelchairs=3)
        except RecordInvalid as refused:
            print(f"A-2 is refused: {refused}")

        with engine.connect() as connection:
            print("orders:", connection.scalars(sa.select(orders.c.number)).all())
        print("visits:", [visit.Order_Number for visit in org["Visit"].find()])
        engine.dispose()


if __name__ == "__main__":
    main()
