"""Records posted to this display over the LAN: the server in front of the desk (docs/sources.md)."""

from __future__ import annotations

import contextlib
import json
import logging
import socket
import socketserver
import sys
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from kiosk.clock import Clock
from kiosk.config.source import InboxSource
from kiosk.domain.organisation import Organisation
from kiosk.feed.desk import MAX_BODY, Answer, Desk, refused
from kiosk.feed.reading import Deliver
from kiosk.feed.worker import Worker

CONNECTIONS = 8
"""Connections served at once; others are turned away."""

IDLE_S = 5.0
"""How long a sender may say nothing."""

LONGEST_S = 30.0
"""How long one connection may last, whatever it does."""

_CHECK_S = 0.25
_BIND_AGAIN_S = 5.0
_LINGER_S = 1.0
log = logging.getLogger(__name__)


class Inbox(Worker):
    """Listens for `POST /records`; each request is answered after its records are durable."""

    def __init__(self, source: InboxSource, organisation: Organisation, deliver: Deliver, clock: Clock) -> None:
        super().__init__(source.id, deliver)
        self._source = source
        self._clock = clock
        self._desk = Desk(source, organisation, deliver, clock, self.stopped)
        self.port: int | None = None
        """The port it listens on; None while it can't."""

    def work(self) -> None:
        """Serve until stopped; where the port is taken, try again."""
        address = self._source.host, self._source.port
        # It has nothing yet, and that is all: what is posted from here on is news.
        self.delivery.records((), snapshot=False, whole=True, empty=True)
        while True:
            try:
                server = _Server(address, self._desk, self._clock)
            except (OSError, OverflowError) as error:
                reason = error.strerror if isinstance(error, OSError) else str(error)
                sentence = f"{self._source.id}: can't listen on {address[0]} port {address[1]}: {reason}"
                self.delivery.faults((sentence,), lost=True)
                self.delivery.pause(_BIND_AGAIN_S)
                continue
            with server:
                self.port = server.server_address[1]
                log.info("%s: listening on %s port %d", self._source.id, address[0], self.port)
                try:
                    self._serve(server)
                finally:
                    self.port = None

    def _serve(self, server: _Server) -> None:
        serving = threading.Thread(target=server.serve_forever, args=(_CHECK_S,), name="inbox", daemon=True)
        serving.start()
        try:
            while serving.is_alive():
                self.delivery.faults(self._desk.trouble())
                self.delivery.pause(1.0)
        finally:
            server.shutdown()
            server.cut_all()


class _Server(ThreadingHTTPServer):
    """A bounded number of connections, each for a bounded time."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 16

    def __init__(self, address: tuple[str, int], desk: Desk, clock: Clock) -> None:
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        self.desk = desk
        self._clock = clock
        self._lock = threading.Lock()
        self._since: dict[socket.socket, int] = {}
        super().__init__(address, _Handler)

    def server_bind(self) -> None:
        """Bind, without asking the name service who we are, as the base does: that may take seconds."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        """Serve in a thread of its own, if there is room."""
        with self._lock:
            room = len(self._since) < CONNECTIONS
            if room:
                self._since[request] = self._clock.mono_ns()
        if room:
            super().process_request(request, client_address)
            return
        request.settimeout(0.2)
        with contextlib.suppress(OSError):
            request.sendall(b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\n\r\n")
        self.shutdown_request(request)

    def shutdown_request(self, request: Any) -> None:
        """Close, and make room."""
        with self._lock:
            self._since.pop(request, None)
        super().shutdown_request(request)

    def service_actions(self) -> None:
        """Cut connections that last too long, however slowly they drip."""
        now_ns = self._clock.mono_ns()
        with self._lock:
            late = [request for request, since in self._since.items() if now_ns - since > LONGEST_S * 1e9]
        for request in late:
            _cut(request)

    def cut_all(self) -> None:
        """End every connection."""
        with self._lock:
            requests = list(self._since)
        for request in requests:
            _cut(request)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 - given by the base
        """A connection that broke off is no news; anything else is a fault of ours."""
        error = sys.exc_info()[1]
        if not isinstance(error, OSError):
            log.error("an inbox request failed", exc_info=error)


class _Handler(BaseHTTPRequestHandler):
    """One request on one connection."""

    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "kiosk"
    sys_version = ""
    timeout = IDLE_S
    _admitted: Answer | int | None = None

    def do_GET(self) -> None:
        """`/healthz` says that somebody is in."""
        if self.path == "/healthz":
            self._answer(Answer(HTTPStatus.OK, {"status": "ok"}))
        else:
            self._answer(refused(HTTPStatus.NOT_FOUND, "there are POST /records and GET /healthz"))

    def do_POST(self) -> None:
        """`/records` takes records."""
        if self.path != "/records":
            self._answer(refused(HTTPStatus.NOT_FOUND, "there are POST /records and GET /healthz"))
            return
        admitted = self._admitted if self._admitted is not None else self._admit()
        if isinstance(admitted, Answer):
            self._answer(admitted)
            return
        body = self.rfile.read(admitted)
        if len(body) == admitted:
            self._answer(self.server.desk.take(self.headers, body))

    def handle_expect_100(self) -> bool:
        """Ask for the body only from those who may send it."""
        if self.command == "POST" and self.path == "/records":
            self._admitted = self._admit()
            if isinstance(self._admitted, Answer):
                self._answer(self._admitted)
                return False
        return super().handle_expect_100()

    def _admit(self) -> Answer | int:
        return self.server.desk.admit(str(self.client_address[0]), self.headers)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - named by the base
        """Requests aren't logged: a sender's mistakes are told to the sender."""

    def _answer(self, answer: Answer) -> None:
        body = json.dumps(answer.body, ensure_ascii=False).encode() + b"\n"
        self.close_connection = True
        self.send_response(answer.status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self._linger()

    def _linger(self) -> None:
        # A close with bytes unread is a reset, that may overtake the answer.
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_WR)
            self.connection.settimeout(_LINGER_S)
            left = MAX_BODY * 2
            while left > 0 and (rest := self.connection.recv(65_536)):
                left -= len(rest)


def _cut(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
