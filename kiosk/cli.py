"""The `kiosk` command: parsing only."""

from __future__ import annotations

import typer

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def kiosk() -> None:
    """The office-TV kiosk that celebrates achievements."""


def main() -> None:
    """Run the command line."""
    app()
