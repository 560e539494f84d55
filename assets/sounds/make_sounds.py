"""Makes the default sounds of celebrations: `python assets/sounds/make_sounds.py [FOLDER]`.

Additive synthesis with the standard library only: every note is a sum of sines with its own envelope, played by a few
slightly detuned voices across the stereo picture, in one small room. Each sound is levelled to the same loudness
(ITU-R BS.1770, gated) under a soft ceiling. The same Python code always writes the same bytes.
"""

from __future__ import annotations

import math
import sys
import wave
from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

RATE = 48_000
LOUDNESS_LUFS = -16.0
CEILING = 10 ** (-1.2 / 20)
"""Of full scale. Below -1 dBFS by what a converter may add between samples."""

Signal = list[float]


@dataclass(frozen=True)
class Stereo:
    """Left and right, of one length, in full scale."""

    left: Signal
    right: Signal

    @staticmethod
    def silence(seconds: float) -> Stereo:
        count = round(seconds * RATE)
        return Stereo([0.0] * count, [0.0] * count)

    def add(self, tone: Signal, at_s: float, gain: float, pan: float) -> None:
        """Mix `tone` in from `at_s`; `pan` from -1 (left) to 1, of equal power."""
        angle = (pan + 1) * math.pi / 4
        begin = round(at_s * RATE)
        count = min(len(tone), len(self.left) - begin)
        for channel, side in ((self.left, math.cos(angle) * gain), (self.right, math.sin(angle) * gain)):
            channel[begin : begin + count] = [
                old + new * side for old, new in zip(channel[begin : begin + count], tone, strict=False)
            ]


def pitch(name: str) -> float:
    """Hertz of a note such as `Bb4`, in equal temperament from A4 = 440."""
    steps = {"C": -9, "D": -7, "E": -5, "F": -4, "G": -2, "A": 0, "B": 2}[name[0]] - name.count("b") + name.count("#")
    return 440.0 * 2 ** ((steps + 12 * (int(name[-1]) - 4)) / 12)


def cents(amount: float) -> float:
    """The factor of a pitch difference of `amount` hundredths of a semitone."""
    return 2.0 ** (amount / 1200)


def smooth(x: float) -> float:
    """An s-shaped rise from 0 to 1."""
    x = min(1.0, max(0.0, x))
    return x * x * (3 - 2 * x)


# --- Voices -----------------------------------------------------------------------------------------------------------


def ring(frequency: float, length_s: float, partials: Iterable[tuple[float, float, float]], attack_s: float) -> Signal:
    """A struck body: partials of (ratio, amplitude, seconds to fall by 60 dB), each a pair of sines.

    The weaker of a pair is a little sharp, so that they beat slowly and never cancel.
    """
    count = round(length_s * RATE)
    tone = [0.0] * count
    for ratio, amplitude, fall_s in partials:
        decay = math.exp(-6.908 / (fall_s * RATE))
        for spread, share in ((0.0, 0.74), (2.4, 0.26)):
            hertz = frequency * ratio * cents(spread)
            if hertz > 16_000:
                continue
            # A sine by rotation: two numbers, no call a sample.
            step = 2 * math.pi * hertz / RATE
            turn_cos, turn_sin = math.cos(step) * decay, math.sin(step) * decay
            real, imaginary = amplitude * share, 0.0
            for i in range(count):
                tone[i] += imaginary
                real, imaginary = real * turn_cos - imaginary * turn_sin, real * turn_sin + imaginary * turn_cos
    attack = round(attack_s * RATE)
    for i in range(min(attack, count)):
        tone[i] *= smooth(i / attack)
    return faded(tone, 0.08)


TABLE = 2048


def harmonics(frequency: float, brightness: float) -> Signal:
    """One period of a brass tone: harmonics that fall off faster the softer it is blown, strongest near 1.1 kHz."""
    table = [0.0] * (TABLE + 1)
    number = 1
    while frequency * number < 11_000 and number <= 24:
        hertz = frequency * number
        formant = 1 + 0.9 * math.exp(-(((hertz - 1100) / 700) ** 2))
        amplitude = formant * math.exp(-(number - 1) * (1.25 - brightness)) / math.sqrt(number)
        for i in range(TABLE + 1):
            table[i] += amplitude * math.sin(2 * math.pi * number * i / TABLE)
        number += 1
    peak = max(table)
    return [value / peak for value in table]


def brass(frequency: float, length_s: float, detune: float, vibrato_at_s: float | None = None) -> Signal:
    """A blown note: it scoops up into its pitch, and its overtones rise and fall with the breath."""
    soft, bright = harmonics(frequency, 0.25), harmonics(frequency, 0.95)
    release_s = 0.05 if length_s < 0.2 else 0.14
    count = round((length_s + release_s) * RATE)
    tone, phase = [0.0] * count, 0.0
    base = frequency * cents(detune) * TABLE / RATE
    for i in range(count):
        t = i / RATE
        breath = smooth(t / 0.045) * (0.82 + 0.18 * math.exp(-t * 9)) * (1 - smooth((t - length_s) / release_s))
        bend = -28 * math.exp(-t * 60)
        if vibrato_at_s is not None and t > vibrato_at_s:
            swell = smooth((t - vibrato_at_s) / 0.5)
            bend += 7 * swell * math.sin(2 * math.pi * 5.3 * (t - vibrato_at_s))
            breath *= 1 + 0.18 * swell
        phase += base * (1 + bend * 0.000_577_8)
        phase %= TABLE
        whole = int(phase)
        part = phase - whole
        dull = soft[whole] + (soft[whole + 1] - soft[whole]) * part
        clear = bright[whole] + (bright[whole + 1] - bright[whole]) * part
        edge = breath * breath * 0.75
        tone[i] = breath * (dull + (clear - dull) * edge)
    return tone


def faded(tone: Signal, seconds: float) -> Signal:
    """The same with its end faded to nothing."""
    count = min(len(tone), round(seconds * RATE))
    for i in range(count):
        tone[-1 - i] *= smooth(i / count)
    return tone


# --- The room and the level -------------------------------------------------------------------------------------------


def reverberated(dry: Stereo, wet: float, room_s: float) -> Stereo:
    """Four damped combs and two all-passes a side (Schroeder's room), of other lengths left and right."""
    return Stereo(*(_room(side, wet, room_s, offset) for side, offset in ((dry.left, 0), (dry.right, 37))))


def _room(side: Signal, wet: float, room_s: float, offset: int) -> Signal:
    echo = [0.0] * len(side)
    for milliseconds in (29.7, 37.1, 41.1, 43.7):
        length = round(milliseconds * RATE / 1000) + offset
        feedback = 10 ** (-3 * length / (room_s * RATE))
        line, low, position = [0.0] * length, 0.0, 0
        for i, sample in enumerate(side):
            out = line[position]
            low = out * 0.62 + low * 0.38
            line[position] = sample + low * feedback
            position = position + 1 if position + 1 < length else 0
            echo[i] += out * 0.25
    for milliseconds in (5.0, 1.7):
        length = round(milliseconds * RATE / 1000) + offset // 5
        line, position = [0.0] * length, 0
        for i, sample in enumerate(echo):
            held = line[position]
            line[position] = sample + held * 0.6
            echo[i] = held - line[position] * 0.6
            position = position + 1 if position + 1 < length else 0
    return [dry + wet * late for dry, late in zip(side, echo, strict=True)]


def loudness(sound: Stereo) -> float:
    """Integrated loudness in LUFS (BS.1770-4: K weighting at 48 kHz, blocks of 400 ms, both gates)."""
    block, hop = round(0.4 * RATE), round(0.1 * RATE)
    weighted = [_biquad(_biquad(side, *_SHELF), *_HIGH_PASS) for side in (sound.left, sound.right)]
    squares = [[v * v for v in side] for side in weighted]
    hops = [sum(sum(side[i : i + hop]) for side in squares) for i in range(0, len(sound.left) - hop + 1, hop)]
    blocks = [sum(hops[i : i + 4]) / block for i in range(len(hops) - 3)]
    loud = [power for power in blocks if _lufs(power) > -70]
    gate = _lufs(sum(loud) / len(loud)) - 10
    heard = [power for power in loud if _lufs(power) > gate]
    return _lufs(sum(heard) / len(heard))


_SHELF = (1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585)
_HIGH_PASS = (1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621)


def _lufs(power: float) -> float:
    return -0.691 + 10 * math.log10(power) if power > 0 else -200.0


def _biquad(side: Signal, b0: float, b1: float, b2: float, a1: float, a2: float) -> Signal:
    x1 = x2 = y1 = y2 = 0.0
    out = []
    for x in side:
        y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2
        x2, x1, y2, y1 = x1, x, y1, y
        out.append(y)
    return out


def limited(sound: Stereo, gain: float) -> Stereo:
    """Louder by `gain`, with peaks rounded off smoothly below the ceiling; what is under half of it is untouched."""
    knee = CEILING / 2

    def shape(sample: float) -> float:
        sample *= gain
        over = abs(sample) - knee
        if over <= 0:
            return sample
        return math.copysign(knee + (CEILING - knee) * math.tanh(over / (CEILING - knee)), sample)

    return Stereo([shape(s) for s in sound.left], [shape(s) for s in sound.right])


def levelled(sound: Stereo) -> Stereo:
    """The same at `LOUDNESS_LUFS`; the ceiling takes a little, so a few rounds come close enough."""
    gain = 10 ** ((LOUDNESS_LUFS - loudness(sound)) / 20)
    for _ in range(3):
        result = limited(sound, gain)
        gain *= 10 ** ((LOUDNESS_LUFS - loudness(result)) / 20)
    return result


# --- The sounds -------------------------------------------------------------------------------------------------------


def fanfare() -> Stereo:
    """Three pickups, a step up, and a held chord of B flat for a small brass section."""
    room = Stereo.silence(3.0)
    pickups = [(at, length, ("Bb3", "D4", "F4")) for at, length in ((0.0, 0.1), (0.15, 0.1), (0.3, 0.1))]
    score = [
        *pickups,
        (0.45, 0.3, ("Bb3", "F4", "Bb4")),
        (0.82, 0.14, ("A3", "F4", "C5")),
        (1.0, 1.35, ("Bb2", "Bb3", "F4", "Bb4", "D5", "F5")),
    ]
    for at_s, length_s, chord in score:
        for part, name in enumerate(chord):
            lead = part == len(chord) - 1
            place = 0.0 if lead else (-0.55, 0.55, -0.3, 0.3, 0.1)[part % 5]
            vibrato_at_s = 0.35 if length_s > 1 else None
            for detune, side, late_s in ((-5.0, -0.25, 0.0), (4.0, 0.25, 0.009)):
                tone = brass(pitch(name), length_s, detune, vibrato_at_s)
                room.add(tone, at_s + late_s, 0.5 if lead else 0.3, max(-1.0, min(1.0, place + side)))
    wet = reverberated(room, 0.32, 1.1)
    return Stereo(faded(wet.left, 0.35), faded(wet.right, 0.35))


HAND_BELL = ((0.5, 0.22, 2.6), (1, 1.0, 2.8), (2, 0.5, 1.8), (2.51, 0.14, 1.0), (3.01, 0.34, 1.1), (4.17, 0.16, 0.6),
             (5.43, 0.09, 0.35), (6.8, 0.05, 0.2))  # fmt: skip
BARS = ((1, 1.0, 1.7), (2, 0.18, 0.9), (3, 0.08, 0.6), (4.0, 0.22, 0.4), (9.9, 0.05, 0.08))


def bell() -> Stereo:
    """Two hand bells, a fourth apart."""
    room = Stereo.silence(2.1)
    for at_s, name, gain, pan in ((0.0, "A5", 0.8, -0.3), (0.19, "D6", 0.9, 0.3)):
        room.add(ring(pitch(name), 2.1 - at_s, HAND_BELL, 0.002), at_s, gain, pan)
    wet = reverberated(room, 0.22, 1.2)
    return Stereo(faded(wet.left, 0.4), faded(wet.right, 0.4))


def levelup() -> Stereo:
    """A quick run up a chord on metal bars, and the chord itself, shimmering."""
    room = Stereo.silence(1.6)
    run = ("G4", "C5", "E5", "G5", "C6")
    for index, name in enumerate(run):
        at_s = index * 0.075
        room.add(ring(pitch(name), 0.7, BARS, 0.003), at_s, 0.55 + 0.07 * index, -0.5 + 0.25 * index)
    for name, gain, pan in (("C5", 0.5, -0.4), ("E5", 0.4, 0.4), ("G5", 0.4, -0.15), ("E6", 0.35, 0.2), ("C7", 0.12, 0)):
        room.add(ring(pitch(name), 1.1, BARS, 0.004), 0.42, gain, pan)
    wet = reverberated(room, 0.26, 0.9)
    return Stereo(faded(wet.left, 0.35), faded(wet.right, 0.35))


SOUNDS: dict[str, Callable[[], Stereo]] = {"fanfare": fanfare, "bell": bell, "levelup": levelup}


def write(sound: Stereo, path: Path) -> None:
    """A WAV file, 16 bits."""
    samples = array("h")
    for pair in zip(sound.left, sound.right, strict=True):
        samples.extend(round(sample * 32767) for sample in pair)
    if sys.byteorder == "big":
        samples.byteswap()
    with wave.open(str(path), "wb") as file:
        file.setparams((2, 2, RATE, 0, "NONE", ""))
        file.writeframes(samples.tobytes())


def main(folder: Path) -> None:
    for name, make in SOUNDS.items():
        sound = levelled(make())
        write(sound, folder / f"{name}.wav")
        peak = 20 * math.log10(max(map(abs, (*sound.left, *sound.right))))
        print(f"{name}: {len(sound.left) / RATE:.2f} s, {loudness(sound):.1f} LUFS, peak {peak:.1f} dBFS")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
