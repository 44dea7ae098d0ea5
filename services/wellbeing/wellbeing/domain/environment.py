"""Measurements of a workplace against the values an office must keep (Permenkes 48/2016, K3 Perkantoran)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Measure(StrEnum):
    LIGHT = "LIGHT"
    TEMPERATURE = "TEMPERATURE"
    HUMIDITY = "HUMIDITY"
    NOISE = "NOISE"
    CO2 = "CO2"


UNIT_OF: Mapping[Measure, str] = {
    Measure.LIGHT: "lux",
    Measure.TEMPERATURE: "C",
    Measure.HUMIDITY: "%",
    Measure.NOISE: "dBA",
    Measure.CO2: "ppm",
}
# what an instrument can show at all: outside it the number is a slip of the pen, not a bad workplace
PLAUSIBLE: Mapping[Measure, tuple[Decimal, Decimal]] = {
    Measure.LIGHT: (Decimal(0), Decimal(150_000)),
    Measure.TEMPERATURE: (Decimal(-20), Decimal(60)),
    Measure.HUMIDITY: (Decimal(0), Decimal(100)),
    Measure.NOISE: (Decimal(0), Decimal(150)),
    Measure.CO2: (Decimal(200), Decimal(50_000)),
}


@dataclass(frozen=True)
class Threshold:
    """The range a measure must keep; an open end has no limit."""

    lowest: Decimal | None
    highest: Decimal | None
    source: str
    verified: bool


class Finding(StrEnum):
    WITHIN = "WITHIN"
    TOO_LOW = "TOO_LOW"
    TOO_HIGH = "TOO_HIGH"


def assess(value: Decimal, threshold: Threshold) -> Finding:
    """Compare a measurement with the range: the limits themselves are still within it.

    Permenkes 48/2016: light at least 300 lux, temperature up to 26 C, humidity up to 60%.
    """
    if threshold.lowest is not None and value < threshold.lowest:
        return Finding.TOO_LOW
    if threshold.highest is not None and value > threshold.highest:
        return Finding.TOO_HIGH
    return Finding.WITHIN
