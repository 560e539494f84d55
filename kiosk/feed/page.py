"""One answer of a polled URL, fetched within bounds."""

from __future__ import annotations

import http.client
import logging
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit, urlunsplit

import requests
import urllib3

from kiosk.clock import Clock
from kiosk.feed.backoff import asked_wait_s
from kiosk.feed.fault import RowError
from kiosk.feed.json_text import decoded

MAX_BYTES = 8 * 1024 * 1024
"""The largest answer, after decompression."""

CONNECT_S = 5.0
READ_S = 10.0
WHOLE_S = 60.0
"""How long one answer may take in all."""

# Its debug lines hold whole URLs, and queries may hold tokens.
logging.getLogger("urllib3").setLevel(logging.WARNING)

_FAILURES = (requests.RequestException, urllib3.exceptions.HTTPError, http.client.HTTPException, OSError, ValueError)


class FetchError(Exception):
    """No answer, or none that helps. The message holds neither secrets nor the query.

    `wait_s` is what the server asked for.
    """

    def __init__(self, message: str, wait_s: float = 0.0) -> None:
        super().__init__(message)
        self.wait_s = wait_s


@dataclass(frozen=True, slots=True)
class Page:
    """What the URL answered; `body` is None where nothing changed since `etag`."""

    body: object
    etag: str | None
    changed: bool = True


class _Bearer(requests.auth.AuthBase):
    # Given as `auth`, so that a .netrc of the machine doesn't replace it; requests drops it on leaving the host.
    def __init__(self, token: str | None) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._token is not None:
            request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def plain_url(url: str) -> str:
    """The URL as it may be told: without account, query and fragment, all of which may hold secrets.

    >>> plain_url("https://me:pw@crm.example.com:8443/deals?token=abc#x")
    'https://crm.example.com:8443/deals'
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "the URL"
    return urlunsplit((parts.scheme, host + port, parts.path, "", ""))


def fetch(
    session: requests.Session,
    url: str,
    *,
    params: dict[str, str],
    token: str | None,
    etag: str | None,
    clock: Clock,
) -> Page:
    """Get one page of JSON.

    Raises:
        FetchError: it can't be had, with a sentence that begins with the plain URL.
    """
    place = plain_url(url)
    headers = {"Accept": "application/json"}
    if etag is not None:
        headers["If-None-Match"] = etag
    try:
        with session.get(
            url, params=params, headers=headers, auth=_Bearer(token), timeout=(CONNECT_S, READ_S), stream=True
        ) as answer:
            if answer.status_code == requests.codes.not_modified and etag is not None:
                return Page(None, etag, changed=False)
            _check_status(answer, place, clock.wall())
            body = _bounded(answer, place, clock)
            new_etag = answer.headers.get("ETag")
    except _FAILURES as error:
        raise FetchError(f"{place}: {_sentence(error)}") from None
    try:
        return Page(decoded(body), new_etag)
    except RowError as error:
        raise FetchError(f"{place}: {error}") from None


def _check_status(answer: requests.Response, place: str, now: datetime) -> None:
    status = answer.status_code
    if status == requests.codes.ok:
        return
    wait_s = asked_wait_s(answer.headers.get("Retry-After"), now)
    hint = {
        401: ": is the secret right?",
        403: ": is the secret right?",
        404: ": is the path right?",
        429: ": it is asked too often",
    }.get(status, "")
    raise FetchError(f"{place}: the server answered {status}{hint}", wait_s)


def _bounded(answer: requests.Response, place: str, clock: Clock) -> bytes:
    body = bytearray()
    end_ns = clock.mono_ns() + int(WHOLE_S * 1e9)
    for chunk in answer.iter_content(64 * 1024):
        body += chunk
        if len(body) > MAX_BYTES:
            raise FetchError(f"{place}: the answer is larger than {MAX_BYTES // 2**20} MiB: ask for pages of it")
        if clock.mono_ns() > end_ns:
            raise FetchError(f"{place}: the answer took longer than {WHOLE_S:.0f} s")
    return bytes(body)


def _sentence(error: Exception) -> str:
    # The library's own texts hold the whole URL.
    match error:
        case requests.exceptions.SSLError():
            return "its certificate was not accepted"
        case requests.exceptions.ProxyError():
            return "the proxy did not let through"
        case requests.exceptions.ConnectTimeout():
            return f"no connection within {CONNECT_S:.0f} s"
        case requests.exceptions.Timeout():
            return f"no answer within {READ_S:.0f} s"
        case requests.exceptions.TooManyRedirects():
            return "it only redirects"
        case (
            requests.exceptions.InvalidURL() | requests.exceptions.MissingSchema() | requests.exceptions.InvalidSchema()
        ):
            return "this is no http or https URL"
        case requests.exceptions.ContentDecodingError() | requests.exceptions.ChunkedEncodingError():
            return "the answer broke off"
        case requests.exceptions.ConnectionError():
            return "no connection"
        case _:
            return f"the request failed ({type(error).__name__})"
