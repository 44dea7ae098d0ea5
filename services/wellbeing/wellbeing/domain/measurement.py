"""Measurements of a workplace against the limits of an office (Permenkes 48/2016, K3 Perkantoran)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from chassis.errors import FieldError, InvalidInput
from chassis.views import view_of


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
# what an instrument can show at all: outside it the number is a mistake in writing, not a bad workplace
PLAUSIBLE: Mapping[Measure, tuple[Decimal, Decimal]] = {
    Measure.LIGHT: (Decimal(0), Decimal(150_000)),
    Measure.TEMPERATURE: (Decimal(-20), Decimal(60)),
    Measure.HUMIDITY: (Decimal(0), Decimal(100)),
    Measure.NOISE: (Decimal(0), Decimal(150)),
    Measure.CO2: (Decimal(200), Decimal(50_000)),
}


@dataclass(frozen=True)
class Threshold:
    """The range of a measure; an open end has no limit."""

    lowest: Decimal | None
    highest: Decimal | None
    source: str
    verified: bool

    @property
    def in_words(self) -> str:
        if self.lowest is not None and self.highest is not None:
            return f"{self.lowest} sampai {self.highest}"
        return f"paling sedikit {self.lowest}" if self.lowest is not None else f"paling banyak {self.highest}"


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


@dataclass(frozen=True)
class RecordMeasurement:
    unit_id: UUID
    place: str
    measure: Measure
    value: Decimal
    measured_on: date

    def require_plausible(self, today: date) -> None:
        """Raise InvalidInput for a value that no instrument shows, or a day still to come."""
        faults = []
        low, high = PLAUSIBLE[self.measure]
        if not low <= self.value <= high:
            expected = f"{low} sampai {high} {UNIT_OF[self.measure]}"
            faults.append(FieldError("value", "implausible_value", str(self.value), expected))
        if self.measured_on > today:
            faults.append(FieldError("measured_on", "in_the_future", self.measured_on, f"{today} atau sebelumnya"))
        if faults:
            raise InvalidInput(errors=faults)

    def described(self, limits: Threshold) -> str:
        """Return the description of the ticket that a value out of range opens."""
        unit = UNIT_OF[self.measure]
        return f"Terukur {self.value.normalize():f} {unit}; seharusnya {limits.in_words} {unit} ({limits.source})."


@dataclass(frozen=True)
class Measurement:
    """A measured value with the limits it was compared with: whoever reads it can repeat the comparison."""

    measurement_id: UUID
    unit_id: UUID
    place: str
    measure: Measure
    value: Decimal
    measured_on: date
    finding: Finding
    lowest: Decimal | None
    highest: Decimal | None
    source: str
    verified: bool
    reference_version: str
    ticket_id: UUID | None
    measured_by: UUID

    @classmethod
    def of(
        cls,
        measurement_id: UUID,
        command: RecordMeasurement,
        limits: Threshold,
        reference_version: str,
        *,
        ticket_id: UUID | None,
        measured_by: UUID,
    ) -> "Measurement":
        return view_of(
            cls,
            command,
            limits,
            measurement_id=measurement_id,
            finding=assess(command.value, limits),
            reference_version=reference_version,
            ticket_id=ticket_id,
            measured_by=measured_by,
        )


@dataclass(frozen=True)
class MeasurementView:
    """A measured value and its limits; not who measured."""

    measurement_id: UUID
    unit_id: UUID
    place: str
    measure: Measure
    value: Decimal
    measured_on: date
    finding: Finding
    lowest: Decimal | None
    highest: Decimal | None
    source: Annotated[str, Meta(description="where the limits come from")]
    verified: Annotated[bool, Meta(description="false: the source's text has not been seen")]
    reference_version: str
    ticket_id: UUID | None

    @classmethod
    def of(cls, measurement: Measurement) -> "MeasurementView":
        return view_of(cls, measurement)
