"""What holds for the whole company: language, zone, and the hours in which Ristretto speaks up on its own."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from store.people import Person

OPENS, CLOSES = time(8), time(19)
WORKDAY = timedelta(hours=CLOSES.hour - OPENS.hour)
"""Time in a day outside quiet hours."""
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Company:
    locale: str = "en"
    timezone: str = "UTC"

    def zone(self, person: Person) -> ZoneInfo:
        """The person's zone; the company's where theirs is not known or no zone at all."""
        try:
            return ZoneInfo(person.timezone or self.timezone)
        except (KeyError, ValueError, OSError):
            return ZoneInfo(self.timezone)

    def local(self, person: Person, at: datetime) -> datetime:
        return at.astimezone(self.zone(person))

    def week_start(self, person: Person, at: datetime) -> datetime:
        """Monday 00:00 of the person's week."""
        local = self.local(person, at)
        monday = local.date() - timedelta(days=local.weekday())
        return datetime.combine(monday, time(0), local.tzinfo)

    def open_hour(self, person: Person, at: datetime) -> datetime:
        """`at`, or the next moment outside the person's quiet hours and days off."""
        local = self.local(person, at)
        if local.weekday() < SATURDAY and OPENS <= local.time() < CLOSES:
            return at
        day = local.date() if local.time() < OPENS else local.date() + timedelta(days=1)
        while day.weekday() >= SATURDAY:
            day += timedelta(days=1)
        return datetime.combine(day, OPENS, local.tzinfo)

    def open_after(self, person: Person, at: datetime, span: timedelta) -> datetime:
        """When so much time outside the person's quiet hours and days off has passed since `at`."""
        at, left = self.open_hour(person, at).astimezone(UTC), span
        while True:
            local = self.local(person, at)
            closes = datetime.combine(local.date(), CLOSES, local.tzinfo).astimezone(UTC)
            if left <= closes - at:
                return at + left
            left -= closes - at
            at = self.open_hour(person, closes).astimezone(UTC)
