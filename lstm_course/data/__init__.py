"""From a file to arrays: catalog, cleaning, split, scaling, windows, labels."""

from lstm_course.data.cards import Card
from lstm_course.data.catalog import (
    datasets,
    find_card,
    group_names,
    load_dataset,
    load_sequences,
    load_series,
)
from lstm_course.data.cleaning import CleaningReport, clean
from lstm_course.data.count import facts_of
from lstm_course.data.errors import DataError
from lstm_course.data.facts import Facts, PartFacts
from lstm_course.data.gaps import Gaps, find_gaps
from lstm_course.data.leaks import Leak, label_leaks
from lstm_course.data.own_csv import load_csv
from lstm_course.data.prepare import prepare
from lstm_course.data.prepared import Prepared
from lstm_course.data.scaling import Leakage, Scaler, fit_scaler, leakage
from lstm_course.data.sequences import num_masked_steps, pad
from lstm_course.data.series import Sequences, Series
from lstm_course.data.split import Part, Parts, split_rows
from lstm_course.data.windows import make_windows, num_windows, window_starts

__all__ = [
    "Card",
    "CleaningReport",
    "DataError",
    "Facts",
    "Gaps",
    "Leak",
    "Leakage",
    "Part",
    "PartFacts",
    "Parts",
    "Prepared",
    "Scaler",
    "Sequences",
    "Series",
    "clean",
    "datasets",
    "facts_of",
    "find_card",
    "find_gaps",
    "fit_scaler",
    "group_names",
    "label_leaks",
    "leakage",
    "load_csv",
    "load_dataset",
    "load_sequences",
    "load_series",
    "make_windows",
    "num_masked_steps",
    "num_windows",
    "pad",
    "prepare",
    "split_rows",
    "window_starts",
]
