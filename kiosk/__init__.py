"""The office-TV kiosk that celebrates achievements.

One way for the data: record → engine → unlock → program → cue → screen → scene → painter → TV.
"""

__version__ = "0.1.0"
