"""Records posted to this display over the LAN (docs/sources.md)."""

from __future__ import annotations

import hmac
import json
import logging
import socket
import socketserver
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from kiosk.clock import Clock
from kiosk.config.source import InboxSource
from kiosk.domain.organisation import Organisation
from kiosk.domain.record import Record
from kiosk.feed.fault import RowError, SourceError
from kiosk.feed.json_text import decoded, item_cells
from kiosk.feed.reading import Deliver, Receipt, RecordsRead
from kiosk.feed.secret import open_to_others, read_secret
from kiosk.feed.shape import Shape
from kiosk.feed.worker import Worker
