"""Siti Rahmania and her year: the worked example, exactly as the domain study gives it."""

from datetime import date

from suar_sample.people import Person, specialist_post

NIP = "199004172019032005"
NAME = "Siti Rahmania"
EMAIL = "siti.rahmania"
BUREAU_CODE = "01.01"
UNIT_CODE = "01.01.01"
CREDIT = ("AHLI_PERTAMA", "90.000", "50.000")
PAST_PREDICATE = "GOOD"
LATE_MONTH = 7
ATTENDANCE = (("TL1", 2), ("PSW2", 1))


def siti(superior: str, agency: str, domain: str) -> Person:
    """PNS, Analis SDM Ahli Pertama, III/b, job class 8, CPNS since 1 March 2019."""
    return Person(
        nip=NIP,
        name=NAME,
        email=f"{EMAIL}@{domain}",
        unit=UNIT_CODE,
        post=specialist_post("ASDM", "AHLI_PERTAMA"),
        grade="III/b",
        grade_since=date(2023, 4, 1),
        superior=superior,
        employment="PNS",
        status="ACTIVE",
        service_start=date(2019, 3, 1),
        post_since=date(2020, 3, 1),
        agency=agency,
        female=True,
    )
