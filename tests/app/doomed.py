"""A process that delivers deals to an evaluator and says what it knows to be durable, until somebody kills it.

Run as `python doomed.py JOURNAL SEED`. Each line on standard output is a fact that must hold for ever after:
`taken RECORD`, `earned UNLOCK`, `started UNLOCK`; `done` comes last.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from queue import SimpleQueue

from desk import BIG_FISH, NOON, WEEK_20K, HandClock, deal, office

from kiosk.app import messages
from kiosk.app.evaluator import Evaluator
from kiosk.domain.record import Record
from kiosk.feed.reading import RecordsRead
from kiosk.show import effects

DEALS = 400


def deals() -> list[Record]:
    """Every tenth is a big fish; Max and Zoë share them."""
    return [deal(str(n), 6000 if n % 10 == 0 else 7, owner="zoe" if n % 4 else "max", at=NOON) for n in range(DEALS)]


def main(journal: Path, seed: int) -> None:
    chance = random.Random(seed)
    said: SimpleQueue[str] = SimpleQueue()

    def post(message: messages.Message) -> None:
        match message:
            case messages.Earned(celebration):
                said.put(f"earned {celebration.id}")
                evaluator.commit(effects.CommitStart((celebration.id,), "interrupt"))
            case messages.StartCommitted(ids):
                said.put(f"started {ids[0]}")

    def say() -> None:
        while not said.empty():
            print(said.get(), flush=True)

    evaluator = Evaluator(office(BIG_FISH, WEEK_20K), journal, [], HandClock(), post)
    evaluator.start()
    evaluator.deliver(RecordsRead("crm", (), snapshot=True, whole=True)).result()
    left = deals()
    while left:
        size = chance.randint(1, 30)
        part, left = tuple(left[:size]), left[size:]
        evaluator.deliver(RecordsRead("crm", part, snapshot=True, whole=not left)).result()
        for record in part:
            print("taken", record.id, flush=True)
        say()
    evaluator.stop()
    say()
    print("done", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
