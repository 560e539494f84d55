"""How loud a sound is, how loud it should be, and when its hit comes."""

from __future__ import annotations

import math

from synthesis.filters import biquad
from synthesis.stereo import RATE, Stereo

LOUDNESS_LUFS = -16.0
CEILING = 10 ** (-1.2 / 20)
"""Of full scale. Below -1 dBFS by what a converter may add between samples."""


def loudness(sound: Stereo) -> float:
    """Integrated loudness in LUFS (BS.1770-4: K weighting at 48 kHz, blocks of 400 ms, both gates)."""
    hops = _energies(sound, 0.1)
    blocks = [sum(hops[i : i + 4]) / round(0.4 * RATE) for i in range(len(hops) - 3)]
    loud = [power for power in blocks if _lufs(power) > -70]
    gate = _lufs(sum(loud) / len(loud)) - 10
    heard = [power for power in loud if _lufs(power) > gate]
    return _lufs(sum(heard) / len(heard))


def accent(sound: Stereo) -> float:
    """The instant in seconds of the loudest hit: where the loudness of 80 ms exceeds that of the 80 ms before most.

    Louder moments inside a held chord or a roar are no hits: nothing begins there.
    """
    step_s, reach = 0.005, 16
    hops = [0.0] * reach + _energies(sound, step_s)
    rises = [sum(hops[i : i + reach]) - sum(hops[i - reach : i]) for i in range(reach, len(hops) - reach)]
    return round(rises.index(max(rises)) * step_s, 3)


def _energies(sound: Stereo, step_s: float) -> list[float]:
    """The K-weighted energy of both sides in each whole step."""
    step = round(step_s * RATE)
    weighted = [biquad(biquad(side, *_SHELF), *_HIGH_PASS) for side in (sound.left, sound.right)]
    squares = [[v * v for v in side] for side in weighted]
    return [sum(sum(side[i : i + step]) for side in squares) for i in range(0, len(sound.left) - step + 1, step)]


_SHELF = (1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585)
_HIGH_PASS = (1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621)


def _lufs(power: float) -> float:
    return -0.691 + 10 * math.log10(power) if power > 0 else -200.0


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
