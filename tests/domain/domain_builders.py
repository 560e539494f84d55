"""The shortest way to say a rule, a record or an office in tests of the domain."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from kiosk.domain.engine import Engine
from kiosk.domain.fact import AchievementPublished, ClockReached, PlayerPut, RecordPut
from kiosk.domain.metric import Aggregate, Condition, ConditionValue, Flow, Metric, Operator
from kiosk.domain.organisation import Organisation, Player, Team
from kiosk.domain.record import Record
from kiosk.domain.rules import Achievement, Kind, Requirement, Rules, Target, Type, Unit
from kiosk.domain.standing import BoardKey
from kiosk.domain.unlock import Fault, Outcome, Unlock

NEW_YORK = ZoneInfo("America/New_York")

REVENUE = Metric("revenue", "Revenue", "deal", Aggregate.SUM, "amount")
DEALS = Metric("deals", "Deals", "deal", Aggregate.COUNT)
WON = Metric("won", "Won", "deal", Aggregate.COUNT, where=(Condition("stage", Operator.EQ, "Won"),))
AVERAGE = Metric("average", "Average", "deal", Aggregate.AVERAGE, "amount")
LARGEST = Metric("largest", "Largest", "deal", Aggregate.MAXIMUM, "amount")
SMALLEST = Metric("smallest", "Smallest", "deal", Aggregate.MINIMUM, "amount")
METRICS = (REVENUE, DEALS, WON, AVERAGE, LARGEST, SMALLEST)
FLOWS = (Flow("close-rate", "Close rate", ("deals", "won"), "deals", "won"),)

ANN = Player("ann", "Ann Lee", ("east",), ("AL",))
BO = Player("bo", "Bo Ray", ("east", "west"))
CY = Player("cy", "Cy Dee", ("west",))
DI = Player("di", "Di Fox")
PLAYERS = (ANN, BO, CY, DI)
TEAMS = (Team("east", "East"), Team("west", "West"))


def at(text: str, zone: ZoneInfo = NEW_YORK) -> datetime:
    """A local time such as `2024-03-04 10:00`, or the start of a date."""
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def require(**numbers: str | int) -> Requirement:
    """A requirement from numbers as people write them."""
    return Requirement(**{key: n if key == "top" else Decimal(n) for key, n in numbers.items()})


def achievement(kind: str, name: str = "", **fields: object) -> Achievement:
    """An achievement of a type, named as its type unless told otherwise; by revenue where it takes a metric."""
    fields.setdefault("metric", None if "flow" in fields else "revenue")
    return Achievement(id=name or kind, type=Type(kind), title="Title", description="Text", **fields)


def goal(number: str, period: Unit = Unit.WEEK, name: str = "goal", **fields: object) -> Achievement:
    """A combined goal of at least `number`."""
    return achievement("combined_records_goal", name, require=require(at_least=number), period=period, **fields)


def where(field: str, op: str, value: ConditionValue) -> Condition:
    """A condition."""
    return Condition(field, Operator(op), value)


def target(amount: str, subject: str = "player:*", every: Unit = Unit.MONTH, **fields: object) -> Target:
    """A target for revenue."""
    return Target("revenue", subject, every, Decimal(amount), **fields)


def rules(*achievements: Achievement, targets: Iterable[Target] = (), **organisation: object) -> Rules:
    """The rules of an office in New York with Ann and Bo in the east, Bo and Cy in the west, and Di in no team."""
    asked = {"name": "Acme", "timezone": NEW_YORK, **organisation}
    return Rules(Organisation(**asked), PLAYERS, TEAMS, METRICS, FLOWS, tuple(targets), achievements)


def deal(
    owner: str = "ann", amount: str = "100", when: str = "2024-03-04 10:00", name: str = "1", **fields: str
) -> Record:
    """A won deal; an empty amount is a missing one."""
    cells = {"stage": "Won", **fields, **({"amount": amount} if amount else {})}
    return Record("crm", name, 0, "deal", at(when), owner, cells, date_only=len(when) == len("2024-03-04"))


class Office:
    """An engine with facts said shortly. Records get the keys `crm:1`, `crm:2` and so on."""

    def __init__(
        self,
        *achievements: Achievement,
        targets: Iterable[Target] = (),
        waiting: Collection[str] = (),
        boards: Iterable[BoardKey] = (),
        **organisation: object,
    ) -> None:
        self.engine = Engine(rules(*achievements, targets=targets, **organisation), boards, waiting)
        self.faults: list[Fault] = []
        self._records = 0

    def deal(
        self, owner: str = "ann", amount: str = "100", when: str = "2024-03-04 10:00", arrived: str = "", **fields: str
    ) -> list[Unlock]:
        """A deal is reported when it happened, or at `arrived`."""
        self._records += 1
        record = deal(owner, amount, when, str(self._records), **fields)
        return self.put(RecordPut(record, at(arrived or when)))

    def put(self, fact: RecordPut | PlayerPut) -> list[Unlock]:
        """Any fact; its unlocks."""
        return self._unlocks(self.engine.apply(fact))

    def clock(self, when: str) -> list[Unlock]:
        """The clock reaches `when`."""
        return self._unlocks(self.engine.apply(ClockReached(at(when))))

    def publish(self, name: str) -> None:
        """An achievement is published."""
        assert self.engine.apply(AchievementPublished(name)) == []

    def player(self, player: Player) -> list[Unlock]:
        """A player appears or changes."""
        return self.put(PlayerPut(player))

    def standings(self, measure: str, unit: Unit, when: str, kind: Kind = Kind.PLAYER) -> list[tuple[str, object, int]]:
        """Subject, value and rank of each line."""
        lines = self.engine.standings(BoardKey(measure, unit, kind), at(when))
        return [(line.subject, line.value, line.rank) for line in lines]

    def _unlocks(self, outcomes: list[Outcome]) -> list[Unlock]:
        self.faults += [outcome for outcome in outcomes if isinstance(outcome, Fault)]
        return [outcome for outcome in outcomes if isinstance(outcome, Unlock)]


def who(unlocks: Iterable[Unlock]) -> list[str]:
    """Subjects of unlocks, in their order."""
    return [unlock.subject for unlock in unlocks]


def day(text: str) -> date:
    """A date."""
    return date.fromisoformat(text)
