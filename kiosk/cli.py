"""The `kiosk` command: parsing only.

argparse, so that `kiosk run` shows its first picture before anything that it doesn't need is imported.
"""

from __future__ import annotations

import argparse
import difflib
import logging
import signal
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from kiosk import __version__
from kiosk.refusal import Refusal

DEFAULT_CONFIG = Path("/etc/achievement-kiosk/config.yaml")

REFUSED = 2
"""Exit code for what the caller has to mend: arguments, files, a missing screen."""


class _Parser(argparse.ArgumentParser):
    """Says which known word is nearest to an unknown one."""

    def error(self, message: str) -> NoReturn:
        word, _, known = message.partition("' (choose from ")
        word = word.rpartition("'")[2]
        near = difflib.get_close_matches(word, [k.strip(" ')") for k in known.split(",")], n=1)
        hint = f' (did you mean "{near[0]}"?)' if near else ""
        super().error(message + hint)


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal() and 64 <= int(width) <= 8192 and 64 <= int(height) <= 8192):
        raise argparse.ArgumentTypeError(f"{text!r} is no size such as 1280x720 (64 to 8192 each)")
    return int(width), int(height)


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not 0.001 <= speed <= 10_000_000:
        raise argparse.ArgumentTypeError(f"{text!r} is no speed: a number of seconds a second, above 0")
    return speed


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= 1e7:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds")
    return seconds


def _time(text: str) -> datetime:
    """A date or time in ISO 8601; without an offset it is meant in the organisation's zone."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date such as 2018-01-01 or time in ISO 8601") from None


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="kiosk", description="The office-TV kiosk that celebrates achievements.")
    parser.add_argument("--version", action="version", version=f"kiosk {__version__}")
    parser.add_argument("-v", "--verbose", action="store_true", help="log more; stands before COMMAND")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)

    demo = _add_command(commands, "demo", "show a built-in organisation winning things")
    _add_window(demo)
    demo.add_argument("--speed", type=_speed, default=1.0, metavar="N", help="play the script N times as fast")

    run = _add_command(commands, "run", "be the kiosk of this TV")
    run.add_argument("--config", type=Path, default=DEFAULT_CONFIG, metavar="FILE", help=f"default: {DEFAULT_CONFIG}")
    _add_window(run)
    run.add_argument("--speed", type=_speed, metavar="N", help="replay dated files as if live, N seconds a second")
    run.add_argument(
        "--from", dest="start", type=_time, metavar="TIME", help="where the replay begins (default: the first record)"
    )

    replay = _add_command(commands, "replay", "print what a rules file would have fired")
    replay.add_argument("rules", type=Path, metavar="RULES.yaml", help="the rules file")
    replay.add_argument("--until", type=_time, metavar="TIME", help="move the clock to this time at the end")
    formats = ("jsonl", "table")
    replay.add_argument("--format", choices=formats, default=formats[0], help="a JSON object a line, or for people")

    check = _add_command(commands, "check", "report every error of a config or rules file at once")
    check.add_argument("file", type=Path, metavar="FILE", help="a config, checked with its rules file; or a rules file")

    shot = _add_command(commands, "shot", "paint a screen into a PNG")
    shot.add_argument(
        "screen", metavar="SCREEN", help="leaderboard, announcement, clock, celebration, idle or a slot's id"
    )
    shot.add_argument("-o", "--output", type=Path, required=True, metavar="PNG", help="the picture's path")
    shot.add_argument("--config", type=Path, metavar="FILE", help="default: the demo's organisation")
    shot.add_argument("--at", type=_seconds, default=3.0, metavar="SECONDS", help="how long it has been on (3)")
    shot.add_argument("--size", type=_size, default=(1920, 1080), metavar="WxH", help="default: 1920x1080")
    shot.add_argument("--date", type=_time, metavar="TIME", help="the wall time to show (default: now)")
    shot.add_argument("--theme", metavar="NAME", help="dark or light (default: the config's)")
    return parser


def _add_command(commands: argparse._SubParsersAction[_Parser], name: str, what: str) -> argparse.ArgumentParser:
    return commands.add_parser(name, help=what, description=f"{what[0].upper()}{what[1:]}.")


def _add_window(command: argparse.ArgumentParser) -> None:
    command.add_argument("--window", type=_size, metavar="WxH", help="a window rather than the whole screen")
    command.add_argument("--seconds", type=_seconds, metavar="N", help="end by itself after N seconds")


def _dispatch(args: argparse.Namespace) -> int:
    match args.command:
        case "demo":
            _leave_when_told()
            from kiosk.app.demo import demo

            return demo(window=args.window, speed=args.speed, seconds=args.seconds)
        case "run":
            _leave_when_told()
            from kiosk.app.run import run

            return run(args.config, window=args.window, seconds=args.seconds, speed=args.speed, start=args.start)
        case "replay":
            from kiosk.app.replay import replay

            return replay(args.rules, args.until, sys.stdout, as_table=args.format == "table")
        case "check":
            from kiosk.app.check import report

            return report(args.file, sys.stdout)
        case _:
            from kiosk.app.shot import shot

            return shot(
                args.screen,
                args.output,
                config=args.config,
                at_s=args.at,
                size=args.size,
                date=args.date,
                theme_name=args.theme,
            )


def _leave_when_told() -> None:
    """Whoever ends a kiosk while it starts ends it well; once it shows something, the display sees to that itself."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(0))


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    args = _parser().parse_args(argv)
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.DEBUG if args.verbose else logging.INFO,
        format="%(levelname)s %(name)s: %(message)s",
    )
    try:
        return _dispatch(args)
    except BrokenPipeError:
        # Somebody read enough, as `head` does.
        sys.stderr.close()
        return 0
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return REFUSED


if __name__ == "__main__":
    sys.exit(main())
