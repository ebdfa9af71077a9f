from lstm_course.authoring import (
    LSTM,
    Choice,
    EarlyStopping,
    Exercise,
    Experiment,
    Lesson,
    Number,
    Option,
    Shape,
    Step,
    num_samples,
    parameters_of,
    shape_after,
    total_steps,
)

LESSON = Lesson(
    slug="your-own-data",
    number=13,
    title="Your own data",
    question="Can I do it alone?",
    minutes=25,
    datasets=("seattle_weather",),
    removes=(),
    needs="series",
    start=Experiment(
        dataset="seattle_weather",
        features=("temp_max", "temp_min", "wind"),
        targets=("temp_max",),
        timesteps=14,
        layers=(LSTM(16),),
        epochs=40,
        early_stopping=EarlyStopping(),
    ),
    steps=(
        Step(
            id="choose",
            title="Your rows",
            focus="raw-data",
            controls=("dataset", "group"),
            views=("upload", "table"),
            try_this="Upload a file of your own, or choose a data set, and read its first rows.",
            questions=(
                Choice(
                    id="three-stations",
                    prompt="A file holds hourly readings of three stations, one station below the other. What happens "
                    "if windows are cut from it as it stands?",
                    options=(
                        Option(
                            "nothing",
                            "Nothing bad: the network learns three stations at once.",
                            "It may learn from three. But where one station ends and the next begins, a window holds "
                            "the last hours of one and the first of the other, years apart.",
                        ),
                        Option("mixed", "Some windows hold rows of two stations."),
                        Option(
                            "features",
                            "The stations become three features.",
                            "Features are columns. Here the stations lie one below the other in the same column.",
                        ),
                        Option(
                            "refused",
                            "The shapes do not fit, so Keras refuses them.",
                            "Every window has the right shape. Only its contents belong to two places.",
                        ),
                    ),
                    answer=lambda prediction: "mixed",
                    explanation="Windows know row numbers only. Choose one station, or cut the windows of each station "
                    "by itself and join the samples afterwards. The chronological split would go wrong too: its last "
                    "rows would all be of the last station.",
                ),
            ),
        ),
        Step(
            id="target",
            title="What to forecast, from what",
            focus="raw-data",
            controls=("targets", "features", "horizon"),
            views=("series",),
            try_this="Choose target, features and horizon, and say in one sentence who would use it, and when.",
            questions=(
                Choice(
                    id="month-mean",
                    prompt="A daily table has a column `month_mean`: the mean of the target over the calendar month in "
                    "which the day lies. May it go in as a feature?",
                    options=(
                        Option(
                            "scaled",
                            "Yes, if it is scaled with the training rows only.",
                            "The scaler is not the trouble. On the 3rd of a month this column already holds what comes "
                            "until the 31st.",
                        ),
                        Option(
                            "past",
                            "Yes: a window holds rows of the past only, and so does a column in it.",
                            "The rows are of the past, but this value in them was made from later days of the month, "
                            "the label's day among them.",
                        ),
                        Option("no", "No: on most days of the month it holds days that are still to come."),
                    ),
                    answer=lambda prediction: "no",
                    explanation="A leak need not be in the rows; it can be in how a column was made. The mean of the "
                    "month before, or of the last 30 days, would be known in time.",
                ),
            ),
        ),
        Step(
            id="rows",
            title="Gaps and values that cannot be",
            focus="raw-data",
            controls=("absent", "missing", "limits", "gap_windows"),
            views=("gaps", "series"),
            try_this="Read what was found, and decide for each gap; or say why there is nothing to decide.",
            questions=(
                Choice(
                    id="minus-999",
                    prompt="A sensor writes −999 where it has no reading. The page counts no missing value. What do "
                    "you do first?",
                    options=(
                        Option(
                            "interpolate",
                            "Fill the missing values by interpolation.",
                            "There is none to fill yet: −999 is a number like any other, until it is declared missing.",
                        ),
                        Option("limits", "Set limits, so that −999 counts as missing."),
                        Option(
                            "scale",
                            "Scale: mean and deviation take care of it.",
                            "It is the other way round. A few −999 move the mean and widen the deviation, and all "
                            "proper values are pressed together.",
                        ),
                        Option(
                            "delete",
                            "Delete those rows from the file.",
                            "Then the rows before and after become neighbours although time has passed between them.",
                        ),
                    ),
                    answer=lambda prediction: "limits",
                    explanation="First say what is missing, then what becomes of it: filled, or its windows left out. "
                    "The row stays in its place, so that the steps stay regular.",
                ),
            ),
        ),
        Step(
            id="split",
            title="Three parts, one scaler",
            focus="scaling",
            controls=("split", "border", "scaling", "scaler_fit"),
            views=("split", "leakage"),
            try_this="Move the borders until each part has samples enough, and read the leakage meter.",
            questions=(
                Number(
                    id="test-samples",
                    prompt="The test part has {test_rows} rows. A window takes {timesteps} and its label {horizon} "
                    "more; the stride is {stride}, the border “{border}” (inside: window and label lie in the part; "
                    "reach-back: only the label has to). How many test samples, if no gap takes any?",
                    answer=num_samples("test"),
                    unit="samples",
                    explanation="With stride 1 and border “inside” it is rows − timesteps − horizon + 1. These {right} "
                    "samples are what the test error is a mean of; windows that touch a gap would not be among "
                    "them.",
                ),
            ),
        ),
        Step(
            id="windows",
            title="Windows",
            focus="windowing",
            controls=("timesteps", "stride", "lags"),
            views=("windows-on-series",),
            try_this="Lengthen the window until a part has no sample left; then choose a length, and say why.",
            questions=(
                Shape(
                    id="train-shape",
                    prompt="There are {windows_text} to train on, of {timesteps_text} and {features_text}; a window's "
                    "rows lie on the {lags} axis. Which shape has the training input?",
                    answer=shape_after("windowing"),
                    explanation="Samples, timesteps, features. It is a new array: neighbouring windows "
                    "overlap (rows in common: {overlap}), and each holds its own copy.",
                ),
            ),
        ),
        Step(
            id="output",
            title="Labels and head",
            focus="head",
            controls=("labels", "horizon", "head", "loss"),
            views=("comparator",),
            try_this="Make the comparator find a fault, with a head or a loss of your own, and mend it again.",
            questions=(
                Shape(
                    id="output-shape",
                    prompt="What leaves the head {head} for the first batch of {batch} samples?",
                    answer=shape_after("head"),
                    explanation="The labels of the batch are {label_shape}: the loss compares them position "
                    "by position, as soon as both have one shape.",
                ),
            ),
        ),
        Step(
            id="baselines",
            title="What costs nothing",
            controls=("horizon",),
            views=("baselines",),
            try_this="Make the horizon longer, and watch which of the forecasts gets worse fastest. Then put it back.",
            questions=(
                Choice(
                    id="which-baseline",
                    prompt="Test errors: persistence 3.1, seasonal naive 2.4, moving average 3.8. Your network: 2.9. "
                    "What may you say?",
                    options=(
                        Option(
                            "beats-persistence",
                            "It beats the baseline, because persistence has 3.1.",
                            "It beats one of three. The one with 2.4 needs no network either, and is better.",
                        ),
                        Option(
                            "average",
                            "It beats the baselines on average: their mean is 3.1.",
                            "Nobody uses the mean of three forecasts of which one is known to be best.",
                        ),
                        Option("loses", "It loses: seasonal naive is better."),
                        Option(
                            "two-of-three",
                            "It is good, with two of three beaten.",
                            "It is not a vote. One that is better and costs nothing is enough to do without "
                            "the network.",
                        ),
                    ),
                    answer=lambda prediction: "loses",
                    explanation="What has to be beaten is the smallest error that can be had without a network. "
                    "Choosing the weakest rival is the commonest way to win.",
                ),
            ),
        ),
        Step(
            id="network",
            title="A small network first",
            focus="recurrent-layer-1",
            controls=("cell", "units", "layers", "dropout", "batch_size", "learning_rate"),
            views=("parameters",),
            try_this="Choose units so that the parameters are fewer than your training samples, or say why not.",
            questions=(
                Number(
                    id="all-parameters",
                    prompt="How many numbers will training change in the whole network, {layers} and the head {head}?",
                    answer=parameters_of(),
                    unit="parameters",
                    explanation="The first recurrent layer: {parameter_formula}. The head: {head_parameters}. Any "
                    "other layer adds its own; in all {right}.",
                ),
            ),
        ),
        Step(
            id="train",
            title="Train",
            focus="batching",
            controls=("epochs", "early_stopping", "optimizer", "learning_rate"),
            views=("train",),
            try_this="Train, and answer the three questions from the two curves.",
            questions=(
                Number(
                    id="steps",
                    prompt="{num_windows} samples, batch_size {batch_size}, {epochs} epochs: how many gradient steps "
                    "at most?",
                    answer=total_steps(),
                    unit="steps",
                    explanation="{steps_per_epoch} in an epoch, one for each batch, times {epochs}: {right}. "
                    "EarlyStopping may end it sooner. With only a few dozen steps, hardly anything can have been "
                    "learned yet.",
                ),
            ),
        ),
        Step(
            id="seeds",
            title="Five draws",
            controls=("seed",),
            views=("seeds",),
            try_this="Train with five seeds. How many of the five are below the smallest baseline on the test part?",
            questions=(
                Choice(
                    id="three-of-five",
                    prompt="Smallest baseline: 2.40. Your five seeds: 2.21, 2.36, 2.38, 2.47, 2.52. What do you write?",
                    options=(
                        Option(
                            "best",
                            "2.21: eight per cent better than the baseline.",
                            "That is the best of five draws, chosen by its test error. The next training will most "
                            "likely not be that one.",
                        ),
                        Option(
                            "mean",
                            "2.39 on average: beaten.",
                            "By 0.01, where the seeds scatter over 0.31. Two of five lost.",
                        ),
                        Option("undecided", "Three of five below it, 2.21 to 2.52: undecided."),
                        Option(
                            "lost",
                            "Not beaten, as not all five are below it.",
                            "Nor are all five above it. What was measured is that it depends on the seed.",
                        ),
                    ),
                    answer=lambda prediction: "undecided",
                    explanation="Give all five, or their median and range, beside the baseline. Whoever reads it can "
                    "then judge whether a network is worth that.",
                ),
            ),
        ),
        Step(
            id="checklist",
            title="As a reviewer would",
            controls=("scaler_fit", "shuffle", "split"),
            views=("checklist",),
            try_this="Close the open lines one by one, from the top.",
            questions=(
                Choice(
                    id="all-ticked",
                    prompt="Every line of a checklist like this one holds. What does it still not say?",
                    options=(
                        Option(
                            "leak",
                            "Whether the scaler saw the test rows.",
                            "That is its first line: it can be read from the experiment.",
                        ),
                        Option("future", "Whether next year will be like the test rows."),
                        Option(
                            "shapes",
                            "Whether labels and output fit.",
                            "That is one of its lines: the rules compare them axis by axis.",
                        ),
                        Option(
                            "naive",
                            "Whether a rule of one line would do as well.",
                            "That is its comparison with the baselines.",
                        ),
                    ),
                    answer=lambda prediction: "future",
                    explanation="A test says how good the forecast was, on rows that have happened. Keep the baselines "
                    "running beside the network in use: when it begins to lose to them, something has changed.",
                ),
            ),
        ),
        Step(
            id="report",
            title="A report to keep, and the code so far",
            views=("report", "code-so-far"),
            try_this="Download the report and the script, and run the script in another folder.",
        ),
    ),
    recall_questions=(
        Choice(
            id="recall-known",
            prompt="Which question has to be asked of every feature?",
            options=(
                Option("known", "Is its value known when the forecast is made?"),
                Option(
                    "correlated",
                    "Is it correlated with the target?",
                    "A leak is correlated best of all. What counts first is whether it is known in time.",
                ),
                Option(
                    "range",
                    "Is it between 0 and 1?",
                    "Scaling sees to the range. It cannot make a later value an earlier one.",
                ),
            ),
            answer=lambda prediction: "known",
            explanation="A value that is only known afterwards makes the test error small and the forecast impossible.",
        ),
        Choice(
            id="recall-rival",
            prompt="Which of the forecasts without a network does a network have to beat?",
            options=(
                Option(
                    "persistence",
                    "Persistence, always.",
                    "On seasonal data another one is often better, and costs as little.",
                ),
                Option("smallest", "The one with the smallest error on the same samples."),
                Option(
                    "average",
                    "The average of them.",
                    "One that is better than the network is enough to do without the network.",
                ),
            ),
            answer=lambda prediction: "smallest",
            explanation="The best rival that needs no training, on the same samples and in the same units.",
        ),
        Choice(
            id="recall-five",
            prompt="Three of five seeds are below the best baseline. What is the result?",
            options=(
                Option("undecided", "Undecided with this setting."),
                Option(
                    "beaten",
                    "Beaten: the majority counts.",
                    "The next training is one draw, and two of five such draws lost.",
                ),
                Option(
                    "best",
                    "Beaten, with the best of the five.",
                    "The best of five was chosen by its test error; the next draw is not chosen.",
                ),
            ),
            answer=lambda prediction: "undecided",
            explanation="Say the five figures and the baseline. With more seeds, or a larger test part, it may become "
            "clear.",
        ),
    ),
    exercises=(
        Exercise(name="forecast_past_the_end", title="A forecast past the end", kind="faded"),
        Exercise(name="an_honest_verdict", title="An honest verdict", kind="free"),
        Exercise(name="repair_the_preparation", title="Too good to be true", kind="debugging"),
    ),
    sources=(
        "Hyndman & Athanasopoulos, Forecasting: Principles and Practice, chapter 5 (simple forecasts, training and "
        "test sets)",
        "Kaufman, Rosset, Perlich & Stitelman (2012), Leakage in Data Mining: Formulation, Detection, and Avoidance",
        "Keras 3 API: Sequential, EarlyStopping",
        "NOAA (Seattle weather, the data that this lesson starts from)",
    ),
    summary="From {num_rows} rows to {num_windows} training samples of shape {window_shape}: you have built it "
    "yourself. What makes it worth anything is beside the network: features that are known in time, rows that nothing "
    "was fitted on, the best forecast that costs nothing, several seeds, and a program that others can run.",
)
