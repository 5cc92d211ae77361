"""What the demo company sells: products, two price books, and the prices in them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from objectforge.demo.sheets import Sheet

__all__ = [
    "ENTRY_SHEET",
    "PRICEBOOKS",
    "PRICEBOOK_SHEET",
    "PRODUCTS",
    "PRODUCT_SHEET",
    "Entry",
    "Pricebook",
    "Product",
    "entries",
]


@dataclass(frozen=True, slots=True)
class Product:
    """A thing or service with its list price; `popularity` says how often it is on a deal."""

    code: str
    name: str
    family: str
    unit: str
    price: Decimal
    popularity: float


@dataclass(frozen=True, slots=True)
class Pricebook:
    """A list of prices, `factor` of the list price."""

    code: str
    name: str
    standard: bool
    factor: Decimal


@dataclass(frozen=True, slots=True)
class Entry:
    """The price of one product in one price book."""

    book: Pricebook
    product: Product

    @property
    def code(self) -> str:
        """The entry's external id."""
        return f"{self.book.code}:{self.product.code}"

    @property
    def price(self) -> Decimal:
        """The price in this book."""
        return (self.product.price * self.book.factor).quantize(Decimal("0.01"))


def _product(code: str, name: str, family: str, unit: str, price: str, popularity: float) -> Product:
    return Product(code, name, family, unit, Decimal(price), popularity)


PRODUCTS = (
    _product("HW-100", "Pocket Thermometer", "Hardware", "Each", "189.00", 6),
    _product("HW-110", "Digital Caliper Set", "Hardware", "Each", "349.50", 6),
    _product("HW-200", "Bench Multimeter", "Hardware", "Each", "1290.00", 8),
    _product("HW-210", "Pressure Gauge Pro", "Hardware", "Each", "890.00", 7),
    _product("HW-220", "Flow Meter DN50", "Hardware", "Each", "2450.00", 7),
    _product("HW-300", "Vibration Analyzer", "Hardware", "Each", "6800.00", 6),
    _product("HW-310", "Thermal Camera", "Hardware", "Each", "8950.00", 6),
    _product("HW-320", "Laser Tracker", "Hardware", "Each", "24500.00", 3),
    _product("HW-400", "Coordinate Measuring Machine", "Hardware", "Each", "118000.00", 1),
    _product("HW-410", "X-ray Inspection Cell", "Hardware", "Each", "245000.00", 0.5),
    _product("SW-100", "Gaugeboard Starter", "Software", "Seat", "420.00", 7),
    _product("SW-200", "Gaugeboard Team", "Software", "Seat", "960.00", 9),
    _product("SW-300", "Gaugeboard Enterprise", "Software", "Seat", "1480.00", 5),
    _product("SW-310", "Drift Forecast Add-on", "Software", "Seat", "390.00", 4),
    _product("SW-320", "Audit Trail Add-on", "Software", "Seat", "310.00", 3),
    _product("SV-100", "Installation Day", "Services", "Day", "1450.00", 8),
    _product("SV-110", "Calibration on Site", "Services", "Day", "1680.00", 7),
    _product("SV-120", "Line Integration Project", "Services", "Each", "18500.00", 2),
    _product("SU-100", "Standard Support", "Support", "Month", "250.00", 6),
    _product("SU-200", "Premium Support", "Support", "Month", "690.00", 4),
    _product("SU-210", "Loaner Pool", "Support", "Month", "420.00", 2),
    _product("TR-100", "Operator Course", "Training", "Seat", "540.00", 5),
    _product("TR-200", "Metrology Certificate", "Training", "Seat", "1250.00", 3),
    _product("TR-210", "On-site Workshop", "Training", "Day", "2900.00", 2),
)
PRICEBOOKS = (
    Pricebook("STD", "Standard Price Book", True, Decimal(1)),
    Pricebook("PARTNER", "Partner Price Book", False, Decimal("0.82")),
)

PRODUCT_SHEET: Sheet[Product] = Sheet(
    "Product2",
    {
        "Code__c": lambda it: it.code,
        "Name": lambda it: it.name,
        "ProductCode": lambda it: it.code,
        "Family": lambda it: it.family,
        "QuantityUnitOfMeasure": lambda it: it.unit,
        "IsActive": lambda _: True,
    },
)
PRICEBOOK_SHEET: Sheet[Pricebook] = Sheet(
    "Pricebook2",
    {
        "Code__c": lambda it: it.code,
        "Name": lambda it: it.name,
        "IsStandard": lambda it: it.standard,
        "IsActive": lambda _: True,
    },
)
ENTRY_SHEET: Sheet[Entry] = Sheet(
    "PricebookEntry",
    {
        "Code__c": lambda it: it.code,
        "Pricebook2.Code__c": lambda it: it.book.code,
        "Product2.Code__c": lambda it: it.product.code,
        "UnitPrice": lambda it: it.price,
        "IsActive": lambda _: True,
    },
)


def entries() -> tuple[Entry, ...]:
    """Every product in every price book."""
    return tuple(Entry(book, product) for book in PRICEBOOKS for product in PRODUCTS)
