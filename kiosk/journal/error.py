"""What can go wrong with the journal."""

from __future__ import annotations


class JournalError(Exception):
    """The journal can't be opened, read or written; the message is one sentence for IT staff.

    What a transaction was about to write is not in the file: it was rolled back.
    """


class DamagedError(JournalError):
    """The file's content can't be right: it is no SQLite file, fails its check, or holds what nobody wrote."""
