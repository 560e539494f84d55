"""What stops a command and is for the caller to mend."""


class Refusal(Exception):  # noqa: N818 - it is an answer, not an error of ours
    """Its text is one or more clear sentences with the place; the command ends with exit code 2, no traceback."""
