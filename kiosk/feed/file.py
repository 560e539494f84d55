"""Reading a file of records once."""

from __future__ import annotations

from kiosk.config.source import CsvSource, JsonlSource
from kiosk.domain.organisation import Organisation
from kiosk.feed.content import content
from kiosk.feed.document import Document
from kiosk.feed.fault import SourceError
from kiosk.feed.reading import FeedFault, RecordsRead


def read_file(source: CsvSource | JsonlSource, organisation: Organisation) -> tuple[RecordsRead, FeedFault]:
    """Everything in the file, and what is wrong with it; no records where it can't be read at all."""
    records, fault, _ = read_counted(source, organisation)
    return records, fault


def read_counted(source: CsvSource | JsonlSource, organisation: Organisation) -> tuple[RecordsRead, FeedFault, int]:
    """As `read_file`, with the number of rows left out because their time is empty."""
    document = Document(source, organisation)
    try:
        records = tuple(document.read(content(source.path)[0], final=True))
        messages = document.faults()
    except SourceError as error:
        records, messages = (), error.messages
    read = RecordsRead(source.id, records, snapshot=source.reading.revision is None, whole=True)
    return read, FeedFault(source.id, messages), document.skipped
