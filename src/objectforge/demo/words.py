"""The words generated records are made of: places, people, companies, subjects."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "CASE_SUBJECTS", "COMPANY_TAILS", "COUNTRIES", "CULTURES", "DEPARTMENTS", "EVENT_SUBJECTS", "HEADS", "INDUSTRIES",
    "JAPANESE_HEADS", "JAPANESE_TAILS", "STREETS", "TASK_SUBJECTS", "TITLES", "Country", "Culture", "Industry",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Culture:
    """Names people have: as written, and in letters an e-mail address can hold."""

    given: tuple[tuple[str, str], ...]
    family: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Country:
    """A country we sell to: how often, in which territory, its cities (with state and postal code) and cultures."""

    name: str
    weight: float
    territory: str
    dial: str
    cities: tuple[tuple[str, str, str], ...]
    cultures: tuple[str, ...]
    legal: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Industry:
    """An industry we sell to: how often, and the words its companies call themselves by."""

    value: str
    weight: float
    nouns: tuple[str, ...]


def _names(text: str) -> tuple[tuple[str, str], ...]:
    """Read `Chloé/chloe Marc ...`: the address form stands after the slash where it is not the name in lower case."""
    pairs = (word.partition("/") for word in text.split())
    return tuple((name, ascii_form or name.lower()) for name, _, ascii_form in pairs)


CULTURES = {
    "english": Culture(
        _names("Alice Ben Clara Daniel Eleanor Frank Grace Henry Isla Jack Kate Liam Megan Noah Olive Peter Ruth Sam"),
        _names("Abbott Barlow Carver Dalton Ellery Fenwick Garland Hollis Irving Jarvis Kendall Lowry Marlow Norris"),
    ),
    "spanish": Culture(
        _names("Ana Carlos Elena Diego Inés/ines Javier Lucía/lucia Mateo Paula Rafael Sofía/sofia Tomás/tomas"),
        _names("Aguilar Benítez/benitez Cordero Delgado Fuentes Herrera Ibáñez/ibanez Luna Marín/marin Ortega Rivas"),
    ),
    "german": Culture(
        _names("Anke Bernd Claudia Dieter Eva Florian Greta Jürgen/juergen Katrin Lukas Maren Uwe Sabine Tobias"),
        _names("Albrecht Brandt Dietz Engel Fröhlich/froehlich Hartmann Krüger/krueger Lindner Möller/moeller Vogel"),
    ),
    "french": Culture(
        _names("Amélie/amelie Bruno Chloé/chloe Damien Élodie/elodie Fabrice Hélène/helene Julien Léa/lea Marc Odile"),
        _names("Aubert Blanchard Chevalier Delacroix Fontaine Girard Lambert Mercier Perrin Rousselle Vasseur"),
    ),
    "japanese": Culture(
        _names(
            "葵/aoi 大輔/daisuke 恵美/emi 隼人/hayato 一郎/ichiro 純/jun 健太/kenta 真由美/mayumi 直樹/naoki "
            "涼/ryo 早紀/saki 翔太/shota 拓也/takuya 由美子/yumiko 陽子/yoko"
        ),
        _names(
            "安藤/ando 千葉/chiba 遠藤/endo 藤井/fujii 橋本/hashimoto 石川/ishikawa 加藤/kato "
            "松田/matsuda 中村/nakamura 小川/ogawa 斎藤/saito 高橋/takahashi 上田/ueda 渡辺/watanabe 山口/yamaguchi"
        ),
    ),
    "indian": Culture(
        _names("Aarav Bhavna Chetan Divya Esha Farhan Gauri Harish Ishaan Kavya Manoj Neha Pranav Ritu Sanjay"),
        _names("Agarwal Bhatt Chaudhary Deshmukh Gokhale Iyer Joshi Kulkarni Mehta Nair Pillai Reddy Saxena"),
    ),
    "chinese": Culture(
        _names("Bo Chen Fang Hao Jing Lei Mei Ning Ping Qiang Rui Xin Yan Zhi"),
        _names("Cao Deng Feng Guo Huang Jiang Liang Ma Pan Qian Shen Tang Xu Zhou"),
    ),
    "nordic": Culture(
        _names("Astrid Björn/bjorn Elin Freja Gustav Ingrid Johan Kari Lars Maja Nils Signe Sven Tuva"),
        _names("Berglund Dahl Ekström/ekstrom Forsberg Hagen Lindqvist Nyström/nystrom Sandberg Viklund"),
    ),
    "brazilian": Culture(
        _names("Beatriz Caio Débora/debora Eduardo Fernanda Gustavo Helena João/joao Otávio/otavio Renata Thiago"),
        _names("Almeida Barbosa Cardoso Duarte Farias Gonçalves/goncalves Macedo Nogueira Pacheco Queiroz Tavares"),
    ),
}  # fmt: skip

COUNTRIES = (
    Country("United States", 34, "US-E", "1", (
        ("Boston", "MA", "02110"), ("Atlanta", "GA", "30303"), ("Pittsburgh", "PA", "15222"),
        ("Rochester", "NY", "14604"), ("Charlotte", "NC", "28202")), ("english", "english", "spanish", "indian"),
        ("Inc.", "LLC", "Corp.")),
    Country("United States", 20, "US-W", "1", (
        ("Portland", "OR", "97204"), ("San Jose", "CA", "95113"), ("Denver", "CO", "80202"),
        ("Seattle", "WA", "98101")), ("english", "chinese", "spanish", "indian"), ("Inc.", "LLC", "Corp.")),
    Country("Canada", 7, "US-E", "1", (
        ("Toronto", "ON", "M5H 2N2"), ("Montréal", "QC", "H2Y 1C6")), ("english", "french"), ("Ltd.", "Inc.")),
    Country("Brazil", 6, "LATAM", "55", (
        ("São Paulo", "SP", "01310-100"), ("Curitiba", "PR", "80020-300")), ("brazilian",), ("Ltda.", "S.A.")),
    Country("Mexico", 6, "LATAM", "52", (
        ("Monterrey", "NL", "64000"), ("Guadalajara", "JA", "44100")), ("spanish",), ("S.A. de C.V.",)),
    Country("United Kingdom", 9, "EU-N", "44", (
        ("Leeds", "", "LS1 4DY"), ("Bristol", "", "BS1 6QH"), ("Glasgow", "", "G2 1DU")), ("english", "indian"),
        ("Ltd.", "plc")),
    Country("Sweden", 4, "EU-N", "46", (("Göteborg", "", "411 06"), ("Linköping", "", "582 22")), ("nordic",), ("AB",)),
    Country("Germany", 11, "EU-C", "49", (
        ("Stuttgart", "", "70173"), ("Dresden", "", "01067"), ("Dortmund", "", "44137")),
        ("german", "german", "nordic"), ("GmbH", "AG")),
    Country("France", 6, "EU-C", "33", (("Lyon", "", "69002"), ("Nantes", "", "44000")), ("french",), ("SA", "SARL")),
    Country("Spain", 4, "EU-C", "34", (("Valencia", "", "46002"), ("Bilbao", "", "48001")), ("spanish",), ("S.L.",)),
    Country("Japan", 16, "JP", "81", (
        ("横浜市", "神奈川県", "220-0011"), ("名古屋市", "愛知県", "450-0002"), ("大阪市", "大阪府", "530-0001"),
        ("仙台市", "宮城県", "980-0021")), ("japanese",), ("株式会社",)),
    Country("India", 8, "APAC", "91", (
        ("Pune", "MH", "411001"), ("Bengaluru", "KA", "560001")), ("indian",), ("Pvt. Ltd.",)),
    Country("Singapore", 4, "APAC", "65", (("Singapore", "", "048616"),), ("chinese", "indian"), ("Pte. Ltd.",)),
    Country("Australia", 5, "APAC", "61", (
        ("Melbourne", "VIC", "3000"), ("Brisbane", "QLD", "4000")), ("english", "chinese"), ("Pty Ltd",)),
)  # fmt: skip

INDUSTRIES = (
    Industry("Manufacturing", 18, ("Works", "Fabrication", "Industries")),
    Industry("Machinery", 12, ("Machine Tools", "Mechanical", "Drives")),
    Industry("Electronics", 12, ("Electronics", "Circuits", "Devices")),
    Industry("Technology", 11, ("Systems", "Data", "Software")),
    Industry("Chemicals", 8, ("Chemical", "Polymers", "Coatings")),
    Industry("Energy", 8, ("Power", "Energy", "Turbines")),
    Industry("Food & Beverage", 7, ("Foods", "Brewing", "Dairy")),
    Industry("Healthcare", 6, ("Medical", "Diagnostics", "Clinics")),
    Industry("Biotechnology", 5, ("Biolabs", "Genomics")),
    Industry("Robotics", 5, ("Robotics", "Motion")),
    Industry("Construction", 4, ("Building", "Structures")),
    Industry("Transportation", 4, ("Rail", "Logistics")),
)

HEADS = (
    "Alder", "Amber", "Arbor", "Aster", "Beacon", "Birch", "Bluestone", "Brook", "Canyon", "Cedar", "Clearwater",
    "Cobalt", "Copper", "Crescent", "Dover", "Eastgate", "Elm", "Ember", "Falcon", "Ferris", "Foxglove", "Garnet",
    "Granite", "Harbor", "Hazel", "Heron", "Hilltop", "Ironwood", "Juniper", "Kestrel", "Lakeside", "Lantern", "Larch",
    "Linden", "Magnolia", "Maple", "Meridian", "Milestone", "Northgate", "Oakfield", "Onyx", "Orchard", "Osprey",
    "Pinecrest", "Quarry", "Redwood", "Ridgeline", "Riverbend", "Rowan", "Saffron", "Sandstone", "Silverton", "Slate",
    "Sparrow", "Stonebridge", "Summerhill", "Tamarack", "Thornton", "Upland", "Vesper", "Wexford", "Willow", "Wren",
)  # fmt: skip
COMPANY_TAILS = ("", "", "", "Group", "Partners", "International")
JAPANESE_HEADS = (
    ("青葉", "aoba"), ("旭", "asahi"), ("富士見", "fujimi"), ("花園", "hanazono"), ("光", "hikari"),
    ("北川", "kitagawa"), ("桐生", "kiryu"), ("港", "minato"), ("緑川", "midorikawa"), ("西浜", "nishihama"),
    ("桜井", "sakurai"), ("白鳥", "shiratori"), ("高瀬", "takase"), ("東雲", "shinonome"), ("若葉", "wakaba"),
)  # fmt: skip
JAPANESE_TAILS = (
    ("精機", "seiki"), ("製作所", "works"), ("電子", "denshi"), ("化学", "kagaku"), ("工業", "kogyo"),
    ("計測", "keisoku"), ("食品", "foods"), ("エナジー", "energy"), ("ロボティクス", "robotics"), ("テクノ", "techno"),
)  # fmt: skip
STREETS = ("Mill Street", "Station Road", "Harbor Way", "Foundry Lane", "Market Square", "Canal Street", "Park Avenue")
TITLES = {
    "Purchasing Manager": 16, "Quality Manager": 14, "Plant Manager": 12, "Head of Engineering": 12,
    "Process Engineer": 12, "Maintenance Lead": 10, "Chief Technology Officer": 6, "Chief Financial Officer": 5,
    "Managing Director": 5, "Laboratory Director": 8,
}  # fmt: skip
DEPARTMENTS = ("Purchasing", "Quality", "Production", "Engineering", "Maintenance", "Finance", "Research")
CASE_SUBJECTS = (
    ("Reading drifts after warm-up", "Electronic"), ("Display stays dark", "Electrical"),
    ("Sensor mount is loose", "Mechanical"), ("Calibration certificate missing", "Other"),
    ("Cable connector broken", "Electrical"), ("Export to spreadsheet fails", "Electronic"),
    ("Housing cracked in transit", "Structural"), ("Question about the warranty", "Other"),
    ("Alarm sounds without cause", "Electronic"), ("Valve does not close fully", "Mechanical"),
)  # fmt: skip
TASK_SUBJECTS = ("Call back", "Send quote", "Prepare demo unit", "Check references", "Send contract", "Follow up")
EVENT_SUBJECTS = ("On-site demo", "Kick-off meeting", "Contract review", "Quarterly review", "Product training")
