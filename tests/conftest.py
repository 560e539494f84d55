"""What every area's tests share."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-goldens",
        action="store_true",
        default=False,
        help="write what is drawn now over the goldens, to be reviewed as a change",
    )


@pytest.fixture(scope="session")
def update_goldens(request: pytest.FixtureRequest) -> bool:
    """Whether goldens are written anew instead of compared."""
    return bool(request.config.getoption("--update-goldens"))
