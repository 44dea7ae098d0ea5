"""Names of people, from many regions, with the titles that go with their education, and their addresses."""

import re
from collections import Counter
from random import Random

from suar_sample.catalogue import catalogue

BACHELORS = ("S.E.", "S.H.", "S.Sos.", "S.Kom.", "S.AP.", "S.IP.", "S.Pd.", "S.T.", "S.Psi.", "S.Si.", "S.I.Kom.")
MASTERS = ("M.Si.", "M.M.", "M.H.", "M.AP.", "M.Kom.", "M.T.", "M.E.", "M.Psi.", "M.PA.")
DIPLOMAS = ("A.Md.", "A.Md.Kom.", "A.Md.Ak.")
DOCTOR_SHARE = 0.08
HAJ_SHARE = 0.05
MUSLIM_REGIONS = frozenset({"java", "sunda", "minang", "aceh", "bugis", "betawi"})


def draw_name(rng: Random, *, female: bool, education: str) -> str:
    """A name with the titles that its bearer's education gives, written as personnel files write it."""
    regions = catalogue("names")
    region = rng.choices(list(regions), weights=[r["weight"] for r in regions.values()])[0]
    lists = regions[region]
    first = rng.choice(lists["female" if female else "male"])
    last = rng.choice(lists.get("last_female", lists["last"]) if female else lists["last"])
    plain = f"{first} {last}" if first.split()[-1] != last else first
    before = []
    if education == "S2" and rng.random() < DOCTOR_SHARE:
        before.append("Dr.")
    if region in MUSLIM_REGIONS and rng.random() < HAJ_SHARE:
        before.append("Hj." if female else "H.")
    after = {
        "S2": f", {rng.choice(BACHELORS)}, {rng.choice(MASTERS)}",
        "S1": f", {rng.choice(BACHELORS)}",
        "D3": f", {rng.choice(DIPLOMAS)}",
    }.get(education, "")
    return " ".join([*before, plain]) + after


class Addresses:
    """E-mail addresses made of the plain name; the second bearer of a name gets a number."""

    def __init__(self, domain: str) -> None:
        self._domain = domain
        self._seen: Counter[str] = Counter()

    def issue(self, name: str) -> str:
        plain = re.sub(r"\b(Dr|Hj?)\. ", "", name.split(",", maxsplit=1)[0]).lower()
        local = re.sub(r"[^a-z]+", ".", plain.replace("'", "")).strip(".")
        self._seen[local] += 1
        number = self._seen[local]
        return f"{local}{number if number > 1 else ''}@{self._domain}"
