"""Dates are read as precisely as they were written, and never guessed."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.pages.dates import day_order, parse_date


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2012", "2012"),
        ("March 2012", "2012-03"),
        ("2012-03", "2012-03"),
        ("2012-03-04", "2012-03-04"),
        ("2012-03-04T15:30", "2012-03-04T15:30"),
        ("2012-03-04T15:30:10Z", "2012-03-04T15:30:10+00:00"),
        ("2012-03-04T15:30:10.123-05:00", "2012-03-04T15:30:10-05:00"),
        ("2012-03-04 15:30:10", "2012-03-04T15:30:10"),
        ("Sun, 04 Mar 2012 15:30:10 +0000", "2012-03-04T15:30:10+00:00"),
        ("Sun Mar 04 15:30:10 +0000 2012", "2012-03-04T15:30:10+00:00"),
        ("Sun Mar 4 15:30:10 2012", "2012-03-04T15:30:10"),
        ("March 4, 2012 at 3:30 pm", "2012-03-04T15:30"),
        ("March 4th, 2012 at 12:05 a.m.", "2012-03-04T00:05"),
        ("Mar 4, 2012 3:30 PM EST", "2012-03-04T15:30-05:00"),
        ("4 March 2012 15:30 (UTC)", "2012-03-04T15:30+00:00"),
        ("the 4th of March, 2012", "2012-03-04"),
        ("4-Mar-2012", "2012-03-04"),
        ("4 Mar 12", "2012-03-04"),
        ("3:30pm on March 4, 2012", "2012-03-04T15:30"),
        ("NameOctober 22, 2012at 9:05 am", "2012-10-22T09:05"),
        ("Name October 22, 2012at 9:05 am", "2012-10-22T09:05"),
        ("Sonntag, 4. März 2012 um 15:30 Uhr", "2012-03-04T15:30"),
        ("4. Dezember 2012", "2012-12-04"),
        ("04.03.2012, 15:30", "2012-03-04T15:30"),
        ("le 1er août 2012 à 15h30", "2012-08-01T15:30"),
        ("4 de marzo de 2012 a las 15:30", "2012-03-04T15:30"),
        ("4 de março de 2012 às 15:30", "2012-03-04T15:30"),
        ("domenica 4 marzo 2012 alle 15:30", "2012-03-04T15:30"),
        ("3/25/2012 3:30:00 PM", "2012-03-25T15:30:00"),
        ("25/3/2012", "2012-03-25"),
        ("4/4/2012", "2012-04-04"),
        ("3/4/2012", "2012"),
        ("2012/03/04", "2012-03-04"),
        ("2012年3月4日", "2012-03-04"),
    ],
)
def test_a_date_keeps_its_precision(raw, expected):
    """Figures over time need the date as given, no more and no less."""
    assert parse_date(raw) == expected


@pytest.mark.parametrize(
    "raw",
    ["", " ", "3 days ago", "vor 3 Tagen", "il y a 2 heures", "yesterday at 5:30 pm", "March 4", "15:30",
     "February 31, 2012", "31.02.2012", "0000-00-00 00:00:00", "may I ask", "1234567", "version 1.2.3",
     "call 555-12-1999999"],
)  # fmt: skip
def test_what_is_no_full_date_gives_none(raw):
    """A guessed day would look like data."""
    assert parse_date(raw) is None


def test_other_languages_come_from_dateparser_on_request():
    """A Dutch blog is read when Dutch is asked for."""
    assert parse_date("4 maart 2012", languages=("nl",)) == "2012-03-04"
    assert parse_date("4 марта 2012", languages=("ru",)) == "2012-03-04"


def test_a_page_settles_which_comes_first():
    """One unambiguous date settles the others; a contradiction settles nothing."""
    assert day_order(["3/4/2012", "25/4/2012"]) is True
    assert day_order(["3/4/2012", "4/25/2012"]) is False
    assert day_order(["25/4/2012", "4/25/2012"]) is None
    assert parse_date("3/4/12", day_first=False) == "2012-03-04"


def test_a_hostile_string_is_bounded():
    """A megabyte of digits or month names must not stall a corpus."""
    start = time.perf_counter()
    for raw in ("1" * 10**6, "mar " * 10**5, "1/" * 10**5, "9:" * 10**5, " " * 10**6 + "2012"):
        parse_date(raw)
    assert time.perf_counter() - start < 1


@given(st.dates(date(1970, 1, 1), date(2069, 12, 31)))
def test_written_out_days_come_back(day):
    """English, German numeric and ISO forms of any day give that day."""
    for form in ("%B %d, %Y", "%d %b %Y", "%d.%m.%Y", "%Y-%m-%d", "%A, %d %B %Y"):
        assert parse_date(day.strftime(form)) == day.isoformat()


@given(st.datetimes(datetime(1970, 1, 1), datetime(2069, 12, 31)), st.integers(-14 * 4, 14 * 4).map(lambda q: q * 15))
def test_iso_times_come_back(when, minutes):
    """What is ISO 8601 already stays the same moment."""
    stamp = when.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes))).isoformat()
    assert parse_date(stamp) == stamp


@given(st.text(max_size=80))
def test_any_text_gives_a_date_or_none(raw):
    """No string raises."""
    found = parse_date(raw)
    assert found is None or found[:4].isdigit()
