"""From a source to the feed that hands it over."""

from __future__ import annotations

from typing import assert_never

from kiosk.clock import Clock
from kiosk.config.source import CsvSource, HttpSource, InboxSource, JsonlSource, RosterSource, Source
from kiosk.domain.organisation import Organisation
from kiosk.feed.reading import Deliver, Feed


def make_feed(source: Source, organisation: Organisation, deliver: Deliver, clock: Clock | None = None) -> Feed:
    """The feed of `source`, not yet started.

    Args:
        source: of the rules file.
        organisation: gives times without a zone theirs.
        deliver: takes what is read, from the feed's own thread; see `kiosk.feed.reading`.
        clock: tells what is in the future; None for the machine's.
    """
    # Each kind's module is loaded only where it is used: requests alone takes longer than a first picture may.
    # ruff: noqa: PLC0415
    match source:
        case RosterSource():
            from kiosk.feed.watch import RosterFile

            return RosterFile(source, deliver)
        case CsvSource() | JsonlSource():
            from kiosk.feed.watch import RecordFile

            return RecordFile(source, organisation, deliver)
        case HttpSource():
            from kiosk.feed.poll import PolledUrl

            return PolledUrl(source, organisation, deliver, clock or Clock())
        case InboxSource():
            from kiosk.feed.inbox import Inbox

            return Inbox(source, organisation, deliver, clock or Clock())
        case _:
            assert_never(source)
