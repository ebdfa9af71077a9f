from collections.abc import Iterator

import pandas as pd

from lstm_course.authoring import Attempt, Message, Mistake

NAN = float("nan")
EXAMPLE = (["2013-02-12 07:00", "2013-02-12 08:00", "2013-02-12 10:00"], [20.71, 1048.36, 13.81], 0, 200)
AUGUST = (  # EWR; the two gaps are in the file; 23:00 was taken out, two values lie on the limits
    ["2013-08-22 20:00", "2013-08-22 21:00", "2013-08-22 23:00", "2013-08-23 02:00", "2013-08-23 03:00"],
    [4.6, 0.0, NAN, 6.9, 200.0], 0, 200,
)  # fmt: skip
COLD = (
    ["2013-01-24 22:00", "2013-01-24 23:00", "2013-01-25 00:00", "2013-01-25 04:00"],
    [12.5, -400.0, -11.0, 200.0], -60, 130,
)  # fmt: skip


def hourly(times, values, low, high):
    series = pd.Series(values, index=pd.to_datetime(times), dtype=float)
    return series.where((series >= low) & (series <= high)).reindex(grid_of(series))


def grid_of(series):
    return pd.date_range(series.index[0], series.index[-1], freq="h")


def mistakes_for(times, values, low, high):
    raw = pd.Series(values, index=pd.to_datetime(times), dtype=float)
    limited = raw.where((raw >= low) & (raw <= high))
    right = limited.reindex(grid_of(raw))
    filled = "A gap was filled with a value that nobody measured. Leave it NaN: what to do with it is decided later."
    yield Mistake(
        "absent-hours", limited.to_numpy(),
        f"There are {len(raw)} values, one for each row. From the first time to the last there are {len(right)} hours; "
        "those without a row are still absent, and their neighbours have moved together.",
    )  # fmt: skip
    yield Mistake(
        "absent-hours-and-limits",
        raw.to_numpy(),
        "The values came back as they were: absent hours are still absent, and what lies outside the "
        "limits is still there.",
    )
    yield Mistake(
        "rows-left-out",
        limited.dropna().to_numpy(),
        "Hours without a value were left out. That makes more hours absent, not fewer: keep every hour, with NaN.",
    )
    yield Mistake(
        "limits-ignored",
        raw.reindex(grid_of(raw)).to_numpy(),
        f"Every hour is there. A value outside {low} … {high} is still in it; it counts as missing.",
    )
    yield Mistake(
        "clipped",
        raw.clip(low, high).reindex(grid_of(raw)).to_numpy(),
        "A value outside the limits was cut down to the limit. Nobody measured that either; it is NaN.",
    )
    yield Mistake(
        "last-hour-lost",
        right.to_numpy()[:-1],
        f"{len(right) - 1} values, one short: the last time belongs to it too.",
    )
    yield Mistake(
        "limits-left-out",
        raw.where((raw > low) & (raw < high)).reindex(grid_of(raw)).to_numpy(),
        f"A value of exactly {low} or {high} has become NaN. Only what lies below {low} or above {high} is impossible; "
        "a calm of 0 mph is a reading.",
    )
    zeros = raw.reindex(grid_of(raw), fill_value=0.0)
    yield Mistake("filled", zeros.where((zeros >= low) & (zeros <= high)).to_numpy(), filled)
    for fill in (right.ffill(), right.interpolate(), right.fillna(0.0), right.bfill()):
        yield Mistake("filled", fill.to_numpy(), filled)
    for fill in (raw.reindex(grid_of(raw), method="ffill"), limited.reindex(grid_of(raw), method="ffill")):
        yield Mistake("filled", fill.to_numpy(), filled)


def check(attempt: Attempt) -> Iterator[Message]:
    for times, values, low, high in (EXAMPLE, AUGUST, COLD):
        given = attempt.call("one_row_an_hour", times, values, low, high)
        yield from attempt.expect(
            given, hourly(times, values, low, high).to_numpy(),
            what=f"one_row_an_hour({len(times)} times from {times[0]} to {times[-1]}, values, {low}, {high})",
            axes=("rows",), mistakes=tuple(mistakes_for(times, values, low, high)),
        )  # fmt: skip
