from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from lstm_course.data import (
    DataError,
    Sequences,
    datasets,
    find_gaps,
    load_dataset,
    load_sequences,
    load_series,
)
from lstm_course.data import catalog as catalog_module
from lstm_course.resources import content_dir

ROWS = {
    "air_passengers": 144,
    "brent": 8_195,
    "co2": 2_284,
    "electricity": 17_520,
    "japanese_vowels": 9_961,
    "nyc_weather": 26_115,
    "seattle_weather": 1_461,
    "sunspots": 3_120,
    "us_births": 5_479,
}


def test_there_are_nine_data_sets_with_their_rows():
    assert {card.name: card.rows for card in datasets()} == ROWS


@pytest.mark.parametrize("card", datasets(), ids=lambda card: card.name)
def test_each_card_tells_everything_and_fits_its_file(card):
    folder = content_dir("datasets") / card.name
    assert all((card.source, card.licence, card.licence_evidence, card.credit, card.changes, card.oddities))
    assert len(card.sha256) == 64
    assert len((folder / "data.csv").read_bytes().splitlines()) == card.rows + 1
    assert card.name in (content_dir("datasets") / "README.md").read_text(encoding="utf-8")
    data = load_dataset(card.name)
    if isinstance(data, Sequences):
        assert set(data.columns) == set(card.features)
    else:
        assert set(card.units) == set(data.columns)
        assert set(card.targets) | set(card.features) <= set(data.numeric_columns)
        assert set(card.classes) == set(data.class_columns)


@pytest.mark.parametrize(
    ("name", "absent", "missing"),
    [
        ("air_passengers", 0, 0),
        ("co2", 0, 59),
        ("electricity", 0, 0),
        ("us_births", 0, 0),
        ("sunspots", 0, 0),
    ],
)
def test_gaps_are_those_of_the_sources(name, absent, missing):
    series = load_series(name)
    gaps = find_gaps(series)
    assert gaps.num_absent == absent
    assert gaps.num_missing(series.columns[0]) == missing


def test_co2_has_22_runs_of_gaps_the_longest_of_18_weeks():
    runs = find_gaps(load_series("co2")).missing["co2"]
    assert len(runs) == 22
    assert max(run.length for run in runs) == 18


@pytest.mark.parametrize(("group", "absent"), [("EWR", 27), ("JFK", 24), ("LGA", 24)])
def test_each_airport_lacks_hours(group, absent):
    assert find_gaps(load_series("nyc_weather", group)).num_absent == absent


def test_the_impossible_wind_is_the_only_suspicious_value_at_newark():
    (found,) = find_gaps(load_series("nyc_weather", "EWR")).suspicious
    assert (found.column, found.when, found.value) == ("wind_speed", "2013-02-12 08:00:00", 1048.36)


def test_vowels_are_640_sequences_of_nine_speakers():
    vowels = load_sequences("japanese_vowels")
    assert (vowels.num_sequences, vowels.lengths.min(), vowels.lengths.max()) == (640, 7, 29)
    assert (vowels.split.count("train"), vowels.split.count("test")) == (270, 370)
    assert vowels.class_names == ("1", "2", "3", "4", "5", "6", "7", "8", "9")
    assert np.bincount(vowels.labels[:270]).tolist() == [30] * 9


def test_what_a_visitor_changes_does_not_reach_the_next():
    frame = load_series("air_passengers").frame
    frame.iloc[0, 0] = -1.0
    assert load_series("air_passengers").frame.iloc[0, 0] == 112.0


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: load_dataset("co3"), "There is no data set 'co3'; did you mean 'co2'?"),
        (lambda: load_dataset("nope"), "air_passengers, brent, co2"),
        (lambda: load_dataset("nyc_weather", "JFX"), "There is no origin 'JFX'; did you mean 'JFK'?"),
        (lambda: load_dataset("co2", "JFK"), "holds one series only"),
        (lambda: load_series("japanese_vowels"), "use load_sequences"),
        (lambda: load_sequences("co2"), "use load_series"),
        (lambda: load_series("co2").values(["c02"]), "did you mean 'co2'?"),
        (lambda: load_series("seattle_weather").values(["weather"]), "holds classes, not numbers"),
        (lambda: load_series("co2").classes("co2"), "different numbers and so no classes"),
    ],
)
def test_mistakes_are_answered(call, text):
    with pytest.raises(DataError) as caught:
        call()
    assert text in str(caught.value)


def test_a_changed_file_is_noticed(tmp_path: Path, monkeypatch):
    shutil.copytree(content_dir("datasets") / "co2", tmp_path / "co2")
    with (tmp_path / "co2" / "data.csv").open("a") as file:
        file.write("2002-01-05,400\n")
    monkeypatch.setattr(catalog_module, "content_dir", lambda name: tmp_path)
    with pytest.raises(DataError, match="was changed: its sha256 is"):
        load_dataset("co2")


def test_a_card_with_a_hole_is_noticed(tmp_path: Path):
    from lstm_course.data.cards import read_card

    path = tmp_path / "card.toml"
    path.write_text('name = "x"\nsurprise = 1\n')
    with pytest.raises(DataError, match=r"missing changes, classes.*unknown surprise"):
        read_card(path)


def test_whole_numbers_count_as_classes():
    codes, names = load_series("electricity").classes("workday")
    assert names == ("0", "1")
    assert np.bincount(codes).tolist() == [5_472, 12_048]
