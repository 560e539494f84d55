"""`kiosk replay`: what a rules file would have fired."""

from __future__ import annotations

import doctest
import io
import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Context, Decimal
from fractions import Fraction
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from kiosk.app import outcomes
from kiosk.app.outcomes import number_text
from kiosk.app.replay import replay
from kiosk.refusal import Refusal

CRM = Path(__file__).parents[1] / "data" / "crm"
COMPARED = ("achievement", "subject", "occurrence", "at", "value", "threshold", "rank")

RULES = """
organisation: {name: Acme, timezone: Europe/Berlin}
sources:
  - {id: people, type: roster, path: people.csv, player: name}
  - {id: crm, type: csv, path: deals.csv, record: deal, key: id, owner: owner, time: time, fields: {amount: amount}}
metrics:
  - {id: revenue, name: Revenue, record: deal, aggregate: sum, field: amount, format: currency}
achievements:
  - {id: big, type: single_record_goal, metric: revenue, require: {at_least: 100}, title: "[b]Big", description: Big}
  - {id: best, type: combined_records_mvp, metric: revenue, period: month, title: Best, description: Best of the month}
"""


@pytest.fixture
def rules(tmp_path: Path) -> Callable[..., Path]:
    """A rules file, a roster of Zoe and Max, and a CSV with these deals."""

    def make(deals: str, text: str = RULES) -> Path:
        (tmp_path / "people.csv").write_text("name\nZoe Ann\nMax\n")
        (tmp_path / "deals.csv").write_text("id,owner,time,amount\n" + deals)
        (tmp_path / "rules.yaml").write_text(text)
        return tmp_path / "rules.yaml"

    return make


def told(path: Path, until: date | None = None) -> tuple[list[dict[str, Any]], str, int]:
    out, faults = io.StringIO(), io.StringIO()
    code = replay(path, until, out, complaints=faults)
    return [json.loads(line) for line in out.getvalue().splitlines()], faults.getvalue(), code


def comparable(line: str) -> tuple[object, ...]:
    # To the 12 significant digits that are printed.
    fields = json.loads(line, parse_float=lambda text: Context(prec=12).create_decimal(text), parse_int=Decimal)
    assert set(COMPARED) <= set(fields)
    return tuple(fields[name] for name in COMPARED)


def test_examples_in_docstrings_are_true() -> None:
    assert doctest.testmod(outcomes).failed == 0


def test_the_crm_sample_fires_exactly_what_an_independent_reading_of_the_rules_says() -> None:
    out = io.StringIO()
    assert replay(CRM / "rules.yaml", date(2018, 1, 1), out, complaints=io.StringIO()) == 0
    printed = out.getvalue().splitlines()
    expected = (CRM / "expected.jsonl").read_text().splitlines()
    assert Counter(map(comparable, printed)) == Counter(map(comparable, expected))
    times = [datetime.fromisoformat(json.loads(line)["at"]) for line in printed]
    assert times == sorted(times)
    assert len({json.loads(line)["id"] for line in printed}) == len(printed) == 1_115


def test_nothing_but_outcomes_goes_to_standard_output_and_nothing_slow_is_imported() -> None:
    script = (
        "import sys\n"
        "from kiosk.cli import main\n"
        "code = main(sys.argv[1:])\n"
        "slow = {'rich', 'requests', 'pygame', 'babel', 'http.server'} & set(sys.modules)\n"
        "print(sorted(slow), file=sys.stderr)\n"
        "sys.exit(code)"
    )
    command = [sys.executable, "-c", script, "replay", str(CRM / "rules.yaml"), "--until", "2018-01-01"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert all(json.loads(line)["id"] for line in done.stdout.splitlines())
    assert done.stderr.splitlines() == ["opportunities.csv: 2,089 rows without a time left out", "[]"]


def test_an_unlock_has_every_field(rules: Callable[..., Path]) -> None:
    lines, faults, code = told(rules("1,Zoe Ann,2017-03-01T10:00,100.50\n"))
    assert (faults, code) == ("", 0)
    assert lines == [
        {
            "id": lines[0]["id"],
            "achievement": "big",
            "subject": "player:zoe-ann",
            "occurrence": "record:crm:1",
            "at": "2017-03-01T10:00:00+01:00",
            "value": 100.5,
            "threshold": 100,
            "rank": None,
            "records": ["crm:1"],
            "points": 0,
            "celebrate": True,
        }
    ]


def test_records_are_applied_by_time_whatever_their_rows_order(rules: Callable[..., Path]) -> None:
    lines, _, _ = told(rules("1,Zoe Ann,2017-03-03,300\n2,Max,2017-03-01,100\n3,Max,2017-03-03,200\n"))
    assert [line["occurrence"] for line in lines] == ["record:crm:2", "record:crm:1", "record:crm:3"]


@pytest.mark.parametrize(
    ("until", "ids"),
    [
        (None, ["record:crm:1", "month:2017-03-01", "record:crm:2"]),
        (date(2017, 3, 31), ["record:crm:1"]),
        (datetime.fromisoformat("2017-04-01"), ["record:crm:1", "month:2017-03-01"]),
        (datetime.fromisoformat("2017-04-01T00:00+02:00"), ["record:crm:1", "month:2017-03-01"]),
        (date(2017, 4, 2), ["record:crm:1", "month:2017-03-01", "record:crm:2"]),
        (date(2017, 5, 1), ["record:crm:1", "month:2017-03-01", "record:crm:2", "month:2017-04-01"]),
    ],
)
def test_until_ends_the_clock_and_what_is_later_is_not_applied(
    until: date | None, ids: list[str], rules: Callable[..., Path]
) -> None:
    lines, _, _ = told(rules("1,Zoe Ann,2017-03-01,100\n2,Max,2017-04-02,100\n"), until)
    assert [line["occurrence"] for line in lines] == ids


def test_a_rule_published_later_judges_from_then_on(rules: Callable[..., Path]) -> None:
    text = RULES.replace("{id: big,", "{id: big, published_at: 2017-03-02T00:00:00+01:00,")
    lines, _, _ = told(rules("1,Zoe Ann,2017-03-01,100\n2,Max,2017-03-03,100\n", text))
    assert [line["occurrence"] for line in lines] == ["record:crm:2"]


def test_of_each_key_the_newest_revision_is_replayed(rules: Callable[..., Path], tmp_path: Path) -> None:
    rows = (
        '{"id": 1, "rev": 2, "owner": "Max", "time": "2017-03-01", "amount": 300}\n'
        '{"id": 1, "rev": 1, "owner": "Max", "time": "2017-03-01", "amount": 100}\n'
    )
    text = RULES.replace("type: csv, path: deals.csv", "type: jsonl, path: deals.jsonl, revision: rev")
    path = rules("", text)
    (tmp_path / "deals.jsonl").write_text(rows)
    assert [line["value"] for line in told(path)[0]] == [300]


def test_faults_are_lines_of_their_own_and_the_rest_goes_on(rules: Callable[..., Path]) -> None:
    deals = "1,Zoe Ann,soon,100\n2,Nobody,2017-03-01,100\n3,Nobody,2017-03-02,100\n4,Max,2017-03-03,100\n5,Max,,1\n"
    lines, faults, code = told(rules(deals))
    assert [line["occurrence"] for line in lines] == ["record:crm:4"]
    assert code == 0
    rows, broken, *unknown = faults.splitlines()
    assert rows == "deals.csv: 1 row without a time left out"
    assert broken.startswith("deals.csv:2: the time 'soon'")
    assert len(unknown) == 1
    assert "Nobody" in unknown[0]


def test_a_source_that_cannot_be_read_is_told_by_the_exit_code(rules: Callable[..., Path], tmp_path: Path) -> None:
    path = rules("1,Zoe Ann,2017-03-01,100\n")
    (tmp_path / "deals.csv").write_text("id,owner\n")
    lines, faults, code = told(path)
    assert (lines, code) == ([], 1)
    assert faults.splitlines()[0].startswith("deals.csv:1: no column 'time'")


def test_a_rules_file_with_errors_is_refused_with_all_of_them(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text("organisation: {name: Acme, timezone: Mars}\nmetrics: [{id: a}]\n")
    with pytest.raises(Refusal) as caught:
        replay(tmp_path / "rules.yaml", None, io.StringIO())
    assert len(str(caught.value).splitlines()) > 1
    assert "rules.yaml:1" in str(caught.value)


def test_a_table_shows_names_and_no_ids(rules: Callable[..., Path]) -> None:
    out = io.StringIO()
    path = rules("1,Zoe Ann,2017-03-01T10:00,1234.50\n")
    assert replay(path, date(2017, 4, 1), out, as_table=True, complaints=io.StringIO()) == 0
    head, first, second = out.getvalue().splitlines()
    assert head.split() == ["When", "Who", "Achievement", "Value"]
    assert first.split() == ["2017-03-01", "10:00", "Zoe", "Ann", "[b]Big", "$1,234.50"]
    assert second.split() == ["2017-04-01", "00:00", "Zoe", "Ann", "Best", "$1,234.50"]


@pytest.fixture
def url() -> Iterator[str]:
    """A server that answers two deals, one of them broken."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(
                [
                    {"id": 1, "owner": "Max", "time": "2017-03-01", "amount": 100},
                    {"id": 2, "owner": "Max", "time": "soon", "amount": 100},
                ]
            ).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/deals"
    server.shutdown()
    server.server_close()


def test_a_url_is_read_once_and_an_inbox_holds_nothing(rules: Callable[..., Path], tmp_path: Path, url: str) -> None:
    (tmp_path / "key").write_text("correct-horse-battery")
    text = RULES.replace("type: csv, path: deals.csv", f"type: http, url: '{url}'").replace(
        "metrics:",
        "  - {id: phone, type: inbox, key_file: key, record: deal, key: id, owner: owner, time: time}\nmetrics:",
    )
    lines, faults, code = told(rules("", text))
    assert [line["occurrence"] for line in lines] == ["record:crm:1"]
    assert code == 0
    assert faults.splitlines()[0].startswith("crm: item 2: the time 'soon'")
    assert faults.splitlines()[1] == "phone: an inbox keeps nothing that could be replayed"


def test_a_url_that_does_not_answer_is_told(rules: Callable[..., Path]) -> None:
    text = RULES.replace("type: csv, path: deals.csv", "type: http, url: 'http://127.0.0.1:9/deals'")
    lines, faults, code = told(rules("", text))
    assert (lines, faults, code) == ([], "crm: http://127.0.0.1:9/deals: no connection\n", 1)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Decimal(12345678901234567890), "12345678901200000000"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.1"), "0.1"),
        (Decimal("1234567.89012345"), "1234567.89012"),
        (Fraction(2, 3), "0.666666666667"),
        (Fraction(-10, 5), "-2"),
        (Decimal("1E-40"), "1E-40"),
        (7, "7"),
        (None, "null"),
    ],
)
def test_numbers_are_plain_json(number: Decimal | Fraction | int | None, text: str) -> None:
    assert number_text(number) == text
    json.loads(text)
