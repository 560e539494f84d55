"""Files that others write, looked at four times a second: network shares announce nothing."""

from __future__ import annotations

import logging
from pathlib import Path

from kiosk.config.source import CsvSource, JsonlSource, RosterSource
from kiosk.domain.organisation import Organisation
from kiosk.feed.content import Stamp, content, stamp
from kiosk.feed.delivery import chunks
from kiosk.feed.document import Document
from kiosk.feed.fault import SourceError
from kiosk.feed.reading import Deliver, FeedFault, RosterRead
from kiosk.feed.roster import parse_roster
from kiosk.feed.worker import Worker

POLL_S = 0.25
STILL = 2
"""Looks without a change after which nobody is writing."""

RECHECK = 10
"""Looks without a change after which a file is read once more, to be sure."""

PATIENCE = 8
"""Looks for which a file may be gone or unreadable before that is a fault: programs save by writing anew."""

log = logging.getLogger(__name__)


class Sight:
    """What is seen of one file, look by look.

    Attributes:
        trouble: why nothing can be read at present; empty where it can.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: Stamp | None = None
        self._still = 0
        self._failed = 0
        self.trouble: tuple[str, ...] = ()

    @property
    def still(self) -> bool:
        """Nothing changed in the last looks."""
        return self._still >= STILL

    @property
    def lasting_trouble(self) -> tuple[str, ...]:
        """`trouble`, once it has lasted."""
        return self.trouble if self._failed > PATIENCE else ()

    def changed(self) -> bool:
        """Look; whether the file differs from what was read.

        Raises:
            SourceError: it can't be looked at.
        """
        try:
            now = stamp(self._path)
        except SourceError:
            self._stamp = None
            raise
        if now == self._stamp:
            self._still += 1
            # Stamps of some shares tell only whole seconds, so that a change just after a reading doesn't show.
            return self._still == RECHECK
        self._still = 0
        return True

    def read(self) -> bytes:
        """All of it.

        Raises:
            SourceError: it can't be read.
        """
        data, self._stamp = content(self._path)
        self.trouble = ()
        return data

    def looked(self) -> None:
        """One look is over."""
        self._failed = self._failed + 1 if self.trouble else 0


class RecordFile(Worker):
    """Watches a file of records, and hands over rows that are new or changed.

    The first time all rows come; that is whole only once no last row is half written.
    """

    def __init__(
        self, source: CsvSource | JsonlSource, organisation: Organisation, deliver: Deliver, poll_s: float = POLL_S
    ) -> None:
        super().__init__(source.id, deliver)
        self._source = source
        self._organisation = organisation
        self._poll_s = poll_s

    def work(self) -> None:
        """Look, read, hand over, wait."""
        sight = Sight(self._source.path)
        document = Document(self._source, self._organisation)
        snapshot = self._source.reading.revision is None
        begun = False
        while True:
            try:
                changed = sight.changed()
                if changed or (document.pending and sight.still):
                    for chunk, last in chunks(document.read(sight.read(), final=sight.still)):
                        whole = last and not document.pending
                        self.delivery.records(chunk, snapshot=snapshot, whole=whole, empty=whole and not begun)
                        if whole and not begun:
                            begun = True
                            log.info("%s: read, %d rows without a time left out", self._source.id, document.skipped)
            except SourceError as error:
                sight.trouble = error.messages
            sight.looked()
            if not sight.trouble:
                self.delivery.faults(document.faults())
            elif sight.lasting_trouble:
                self.delivery.faults(sight.trouble, lost=True)
            self.delivery.pause(self._poll_s)


class RosterFile(Worker):
    """Watches a roster, and hands over all of it: the first as it is, a changed one after it stood still."""

    def __init__(self, source: RosterSource, deliver: Deliver, poll_s: float = POLL_S) -> None:
        super().__init__(source.id, deliver)
        self._source = source
        self._poll_s = poll_s

    def work(self) -> None:
        """Look, read, hand over, wait."""
        sight = Sight(self._source.path)
        given: RosterRead | None = None
        fault = FeedFault(self._source.id, ())
        read: bytes | None = None
        while True:
            try:
                if sight.changed():
                    read = sight.read()
                if read is not None and (given is None or sight.still):
                    data, read = read, None
                    roster, fault = parse_roster(self._source, data)
                    if roster != given:
                        self.delivery.roster(roster)
                        given = roster
            except SourceError as error:
                sight.trouble = error.messages
            sight.looked()
            if not sight.trouble:
                self.delivery.faults(fault.messages)
            elif sight.lasting_trouble:
                self.delivery.faults(sight.trouble, lost=True)
            self.delivery.pause(self._poll_s)
