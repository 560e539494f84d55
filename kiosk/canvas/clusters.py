"""Text cut into what a reader takes for one sign: a letter with its marks, a joined emoji, a flag.

A small part of Unicode's text segmentation, enough that no sign is ever split by a line end, an ellipsis or a change
of font.
"""

from __future__ import annotations

import unicodedata

LONGEST = 16  # code points in one cluster; the longest emoji in use have 11, a stack of marks may have thousands

_JOINER = "\u200d"
_KEPT_FORMATS = {_JOINER, "\u200c"}  # the joiners shape Persian and Indic words
_LINE_ENDS = {"\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85"}
_NO_BREAK = {"\u00a0", "\u202f", "\u2007"}


def cleaned(text: str, *, lines: bool) -> str:
    """`text` without what can't be painted.

    Line ends become U+000A (a space unless `lines`), every other white space one plain space, no-break spaces U+00A0;
    lone surrogates U+FFFD; control characters and direction overrides go.
    """
    plain = text.replace("\r\n", "\n")
    if plain.isascii() and plain.isprintable():
        return plain
    return "".join(_clean(sign, lines=lines) for sign in plain)


def _clean(sign: str, *, lines: bool) -> str:
    if sign in _LINE_ENDS:
        return "\n" if lines else " "
    if sign in _NO_BREAK:
        return "\u00a0"
    if sign.isspace():
        return " "
    category = unicodedata.category(sign)
    if category == "Cs":
        return "\ufffd"
    if category == "Cc" or (category == "Cf" and sign not in _KEPT_FORMATS and not _is_tag(sign)):
        return ""
    return sign


def clusters(text: str, most: int | None = None) -> list[str]:
    """The clusters of a cleaned text, only the first `most` of them if given; marks beyond `LONGEST` are dropped."""
    if text.isascii():
        return list(text if most is None else text[:most])
    found: list[str] = []
    for sign in text:
        if found and _joins(found[-1], sign):
            if len(found[-1]) < LONGEST:
                found[-1] += sign
        elif most is not None and len(found) >= most:
            break
        else:
            found.append(sign)
    return found


def is_regional(sign: str) -> bool:
    """Whether `sign` is one of the letters of which two make a flag."""
    return "\U0001f1e6" <= sign <= "\U0001f1ff"


def _is_tag(sign: str) -> bool:
    return "\U000e0020" <= sign <= "\U000e007f"


def _joins(cluster: str, sign: str) -> bool:
    """Whether `sign` belongs to the cluster before it."""
    if sign < "\u0300":
        return False
    if unicodedata.category(sign).startswith("M") or sign in _KEPT_FORMATS or _is_tag(sign):
        return True
    if "\U0001f3fb" <= sign <= "\U0001f3ff":  # skin tones
        return True
    if cluster.endswith(_JOINER):
        return ord(sign) > 0x2000  # emoji join; letters of Arabic or Devanagari stay clusters of their own
    return len(cluster) == 1 and is_regional(cluster) and is_regional(sign)
