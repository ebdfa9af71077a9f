from lstm_course.authoring import (
    LSTM,
    Choice,
    Exercise,
    Experiment,
    Lesson,
    Number,
    Option,
    Quantity,
    Split,
    Step,
    measured,
    rows_of,
)

FIRST, LAST, LAST_ROW, AHEAD = 20, 60, 40, 5  # a price, and the row it has reached: a line to go on
WEEK, STEP_AHEAD = 7, 10
FOLDS, FOLD_ROWS = 3, 20
FAR_AHEAD = 13
EVEN_ERRORS, ONE_LARGE = (2, 2, 2, 2), (0, 0, 0, 6)


def drifted(prediction):
    return LAST + AHEAD * (LAST - FIRST) // LAST_ROW


def mae(errors):
    return sum(map(abs, errors)) / len(errors)


def rmse(errors):
    return (sum(error**2 for error in errors) / len(errors)) ** 0.5


def who_is_better(prediction):
    """Which of the two forecasts is better by MAE, and which by RMSE."""
    by_mae = "even" if mae(EVEN_ERRORS) < mae(ONE_LARGE) else "one"
    by_rmse = "even" if rmse(EVEN_ERRORS) < rmse(ONE_LARGE) else "one"
    return f"{by_mae}-{by_rmse}"


def shift_of_a_copy(prediction):
    """Rows by which a repeated last value is late, at the first step ahead."""
    return 1


def rows_back(prediction):
    """How far before its label the seasonal rule looks: whole seasons, until the row is known."""
    return WEEK * -(-STEP_AHEAD // WEEK)


def linear_weights(prediction):
    """Numbers that a linear model fits on the same windows."""
    exp, facts = prediction.exp, prediction.facts
    inputs = exp.timesteps * len(facts.features)
    return (inputs + 1) * exp.horizon * len(facts.targets)


def first_fold_rows(prediction):
    rows = prediction.facts.num_rows - FOLDS * FOLD_ROWS
    return rows if rows > 0 else None


def own_rows(prediction):
    """Rows of the last window of a recursive forecast that are forecasts themselves."""
    return min(prediction.exp.timesteps, FAR_AHEAD - 1)


def last_start_of_all(prediction):
    start = prediction.facts.num_rows - prediction.exp.timesteps
    return start if start >= 0 else None


PLAIN = {
    "flat_labels": False,
    "lags": "timesteps",
    "stride": 1,
    "split": Split(),
    "head": None,
    "batch_size": 64,
    "shuffle": None,
    "loss": None,
    "learning_rate": 0.003,
}
BRENT = rows_of("brent") | PLAIN | {"timesteps": 20, "horizon": 1, "layers": (LSTM(16),), "epochs": 20}
BIRTHS = rows_of("us_births") | PLAIN | {"timesteps": 14, "horizon": 1, "layers": (LSTM(32),), "epochs": 30}
DEMAND = (
    rows_of("electricity")
    | PLAIN
    | {
        "timesteps": 48,
        "horizon": 48,
        "layers": (LSTM(32),),
        "epochs": 5,
    }
)

LESSON = Lesson(
    slug="is-it-any-good",
    number=9,
    title="Is it any good?",
    question="Does it beat a forecast that needs no network?",
    minutes=25,
    datasets=("brent", "us_births", "electricity"),
    removes=("the plot looks right",),
    needs="series",
    start=Experiment(
        dataset="brent",
        timesteps=20,
        layers=(LSTM(16),),
        batch_size=64,
        epochs=20,
        learning_rate=0.003,
    ),
    steps=(
        Step(
            id="the-plot",
            title="The plot looks right",
            focus="head",
            controls=("dataset",),
            views=("train",),
            try_this="Set it up, train, and look for a place where the forecast turns before the truth does.",
            suggestion=BRENT,
            questions=(
                Choice(
                    id="what-a-plot-says",
                    prompt="Over hundreds of test rows, the forecast lies nearly on the truth. What do you know now?",
                    options=(
                        Option(
                            "good",
                            "The network forecasts well.",
                            "A copy of the last value would lie just as near. You have compared the forecast with "
                            "nothing yet.",
                        ),
                        Option("little", "That its errors are small beside the range of the whole chart."),
                        Option(
                            "overfit",
                            "It has stored the rows.",
                            "It has not seen the test rows in training. There is a plainer way to be near: to stay "
                            "at the last value.",
                        ),
                        Option(
                            "leak",
                            "The later rows have leaked into training, or it could not be so near.",
                            "They might have, but this plot does not show it. Without any leak the curves come as "
                            "near as this.",
                        ),
                    ),
                    answer=lambda prediction: "little",
                    explanation="Small beside a range of many years is not small beside the change from one row to "
                    "the next. That change is what was to be forecast.",
                ),
            ),
        ),
        Step(
            id="without-a-network",
            title="Forecasts that need no network",
            focus="labels",
            controls=("timesteps",),
            views=("baselines",),
            try_this="Find the lowest error on the test part. Is the network above it or below?",
            questions=(
                Number(
                    id="drift",
                    prompt=f"The first row, row 0, was {FIRST}; the last known one, row {LAST_ROW}, is {LAST}. What "
                    f"does drift forecast for {AHEAD} rows further on?",
                    answer=measured(
                        "the forecast of drift",
                        drifted,
                        about="drift",
                        figures={"first": FIRST, "last": LAST, "row": LAST_ROW, "ahead": AHEAD},
                    ),
                    explanation=f"The line rises by ({LAST} − {FIRST}) / {LAST_ROW} = 1 for each row: {LAST} + {AHEAD} "
                    f"= {{right}}. Persistence would say {LAST}, for each of the {AHEAD}.",
                ),
            ),
        ),
        Step(
            id="errors",
            title="One number for many errors",
            focus="loss",
            controls=("loss",),
            views=("baselines",),
            try_this="Switch the table between RMSE, MAE and MASE. Does the order of the forecasts change?",
            questions=(
                Choice(
                    id="mae-or-rmse",
                    prompt="Forecast A errs by 2, 2, 2, 2. Forecast B errs by 0, 0, 0, 6. Which is better by MAE, "
                    "which by RMSE?",
                    options=(
                        Option(
                            "even-even",
                            "A by both.",
                            "MAE adds the sizes: 8 for A, only 6 for B.",
                        ),
                        Option(
                            "one-one",
                            "B by both.",
                            "RMSE squares first: 4 times 4 = 16 for A, and 36 for B's one large error.",
                        ),
                        Option("one-even", "B by MAE, A by RMSE."),
                        Option(
                            "even-one",
                            "A by MAE, B by RMSE.",
                            "It is the other way round: squares make the large error weigh more.",
                        ),
                    ),
                    answer=who_is_better,
                    explanation="MAE: 2 for A, 1.5 for B. RMSE: √4 = 2 for A, √9 = 3 for B. Neither is wrong; they "
                    "answer different questions.",
                ),
            ),
        ),
        Step(
            id="late",
            title="The input, one row late",
            focus="head",
            views=("lag-detector",),
            try_this="Compare the bar at 0 with the bar at 1. If there are no bars, train in the first step.",
            questions=(
                Number(
                    id="best-shift",
                    prompt="A forecast of one row ahead is a plain copy of the last row that was known. By how many "
                    "rows must it be moved back to fit the truth exactly?",
                    answer=measured("the shift of a copy", shift_of_a_copy, about="shift-of-a-copy"),
                    unit="rows",
                    explanation="The copy shows today's value at tomorrow's place. Moved back by {right} it is the "
                    "truth itself, with an error of 0.",
                ),
            ),
        ),
        Step(
            id="five-seeds",
            title="Five trainings against no network",
            controls=("seed",),
            views=("seeds",),
            try_this="Train with five seeds. How many of them are below persistence on the test part?",
            suggestion=BRENT,
            questions=(
                Choice(
                    id="when-it-wins",
                    prompt="Persistence has one error on the test part, your network has five: one for each seed. When "
                    "may you say that the network beats it?",
                    options=(
                        Option(
                            "best",
                            "When the best of the five is below persistence: that network can be kept.",
                            "It was picked by its error on these very rows. What it does on rows that come after them "
                            "is not known, and the next training is picked by nobody.",
                        ),
                        Option("all", "When all five are below persistence."),
                        Option(
                            "mean",
                            "When the mean of the five is below persistence, by however little.",
                            "A mean that is lower by less than the seeds scatter may be higher with the next five.",
                        ),
                        Option(
                            "one",
                            "When one training is below it: nobody uses five networks at once.",
                            "One training is one draw. Whether the next one is below it too is what five seeds tell.",
                        ),
                    ),
                    answer=lambda prediction: "all",
                    explanation="All five below: beaten. None: not beaten. Some: undecided with these settings. Each "
                    "answer can be given with the five figures beside the one.",
                ),
            ),
        ),
        Step(
            id="why-not",
            title="Why it does not win",
            focus="recurrent-layer-1",
            controls=("units", "timesteps", "epochs", "learning_rate"),
            views=("train",),
            try_this="Change one setting, guess whether it will help, and train.",
            questions=(
                Choice(
                    id="what-would-help",
                    prompt="Suppose the price is a random walk: each change is independent of all that came before. "
                    "What makes a network better than persistence on later rows?",
                    options=(
                        Option(
                            "units",
                            "More units and more layers, to hold more of the past.",
                            "They can store more of the training rows. What is not in the past cannot be learned "
                            "from it by any size of network.",
                        ),
                        Option(
                            "window",
                            "A longer window.",
                            "More rows that say nothing of the next change, and more weights to be fitted to them.",
                        ),
                        Option(
                            "epochs",
                            "More epochs.",
                            "The training loss may fall on. On later rows, what is learned from chance does not hold.",
                        ),
                        Option("nothing", "Nothing that is made of past prices alone."),
                    ),
                    answer=lambda prediction: "nothing",
                    explanation="The last value is then the best forecast, and its error is the size of the changes "
                    "themselves. Only rows that say something else, known early enough, could help.",
                ),
            ),
        ),
        Step(
            id="season",
            title="Rows with a season",
            focus="raw-data",
            controls=("dataset", "horizon"),
            views=("baselines", "train"),
            try_this="Press “Set it up for me”, compare persistence with seasonal naive, then train.",
            suggestion=BIRTHS,
            questions=(
                Number(
                    id="rows-back",
                    prompt=f"Daily rows, a season of {WEEK}. Seasonal naive forecasts {STEP_AHEAD} days ahead. How "
                    "many rows before that day lies the value that it repeats?",
                    answer=measured(
                        "the rows that the rule goes back",
                        rows_back,
                        about="seasons-back",
                        figures={"week": WEEK, "ahead": STEP_AHEAD},
                    ),
                    unit="rows",
                    explanation=f"One week before that day is still {STEP_AHEAD - WEEK} days ahead of us, and not "
                    "known; two weeks before, {right} rows, is.",
                ),
            ),
        ),
        Step(
            id="linear",
            title="Does it take a network?",
            focus="windowing",
            controls=("timesteps", "units"),
            views=("baselines",),
            try_this="Compare the line “linear” with the network's, on the training part and on the test part.",
            questions=(
                Number(
                    id="linear-weights",
                    prompt="The linear model has a weight for each number of a window ({timesteps_text} of "
                    "{features_text}), and an intercept, for each label. A sample has {horizon} × {num_targets} "
                    "labels, horizon × targets. How many numbers does it fit?",
                    answer=Quantity("linear-weights", "the weights of the linear model", linear_weights),
                    explanation="({timesteps} × {num_features} + 1) × {horizon} × {num_targets} = {right}. The network "
                    "has {parameters}.",
                ),
            ),
        ),
        Step(
            id="walk-forward",
            title="More than one test",
            focus="raw-data",
            controls=("epochs",),
            views=("folds",),
            try_this="Read the error of persistence in each fold. Then train the folds: is the network below it in all "
            "of them?",
            questions=(
                Number(
                    id="first-fold",
                    prompt=f"{{num_rows}} rows, {FOLDS} folds of {FOLD_ROWS} test rows each, the last of which ends "
                    "with the last row. On how many rows is the first fold trained, if nothing is left for validation?",
                    answer=measured(
                        "the training rows of the first fold",
                        first_fold_rows,
                        about="first-fold",
                        figures={"folds": FOLDS, "fold_rows": FOLD_ROWS},
                    ),
                    unit="rows",
                    explanation=f"{{num_rows}} − {FOLDS} × {FOLD_ROWS} = {{right}}. Each fold after it has {FOLD_ROWS} "
                    "rows more to learn from.",
                ),
            ),
        ),
        Step(
            id="many-steps",
            title="Many steps ahead",
            focus="labels",
            controls=("horizon", "timesteps"),
            views=("fed-back",),
            try_this="Press “Set it up for me”, train both, and find the step from which one of them is the better.",
            suggestion=DEMAND,
            questions=(
                Number(
                    id="own-forecasts",
                    prompt="A network of one step reads windows of {timesteps_text}, and is fed its own forecasts "
                    f"until it has gone {FAR_AHEAD} rows ahead. In the window of its last call, how many rows are its "
                    "own forecasts?",
                    answer=measured(
                        "the rows that are forecasts themselves",
                        own_rows,
                        about="own-forecasts",
                        figures={"calls": FAR_AHEAD},
                    ),
                    unit="rows",
                    explanation=f"Before the last call there are {FAR_AHEAD - 1} forecasts, and the window "
                    "has room for {timesteps}: the smaller of the two, {right}. Once there are as many forecasts as "
                    "timesteps, the window holds nothing that was measured.",
                ),
            ),
        ),
        Step(
            id="past-the-end",
            title="Past the end of the data",
            focus="head",
            controls=("horizon",),
            views=("past-the-end", "train"),
            try_this="Find where the truth ends. Then set the horizon to 1, train, and compare: now the network is "
            "fed its own forecasts.",
            questions=(
                Number(
                    id="last-window",
                    prompt="The table has {num_rows} rows, counted from 0. With which row does the window begin from "
                    "which the first row behind the end is forecast? It takes {timesteps_text}.",
                    answer=Quantity(
                        "past-the-end", "the first row of the window behind all others", last_start_of_all
                    ),
                    explanation="{num_rows} − {timesteps} = {right}: it ends with the last row there is, and leaves "
                    "no room for a label.",
                ),
            ),
        ),
        Step(
            id="intervals",
            title="How far off may it be?",
            focus="head",
            views=("intervals",),
            try_this="Compare the share that is meant to lie inside with the share that does.",
            questions=(
                Choice(
                    id="too-few-inside",
                    prompt="Intervals from the validation errors should hold 80 %, but hold 60 % of the true values "
                    "on the test rows. What is the most likely reason?",
                    options=(
                        Option("differ", "The errors have become larger since: the later rows are harder."),
                        Option(
                            "normal",
                            "The errors follow no normal distribution.",
                            "That was not assumed. The interval comes from the sorted errors themselves.",
                        ),
                        Option(
                            "chance",
                            "80 % is a mean over many test parts; 60 % in one of them is chance.",
                            "With a few dozen test samples it may be. With hundreds, chance moves such a share by few "
                            "per cent.",
                        ),
                        Option(
                            "training",
                            "The network was trained too little.",
                            "A bad network has large errors on validation rows too, and so gets a wide interval that "
                            "holds its share.",
                        ),
                    ),
                    answer=lambda prediction: "differ",
                    explanation="The interval says: as wrong as on the validation rows. When times change, it does "
                    "not know. In calmer times it holds more than it should.",
                ),
            ),
        ),
        Step(
            id="the-code",
            title="The code so far",
            views=("code-so-far",),
            try_this="Find the lines that compute persistence, and say which row each forecast is taken from.",
        ),
    ),
    recall_questions=(
        Choice(
            id="recall-late",
            prompt="Moved back by one row, a forecast of one step ahead fits far better than where it stands. What "
            "has the network learned?",
            options=(
                Option(
                    "ahead",
                    "To see the future one row early.",
                    "Then it would have to be moved forward to fit. It is late, not early.",
                ),
                Option("copy", "Mostly to repeat the last value that it was shown."),
                Option(
                    "offset",
                    "The right thing; only the labels were shifted by one.",
                    "That can happen too, so check the labels. With right labels, the usual reason is that it copies "
                    "its input.",
                ),
            ),
            answer=lambda prediction: "copy",
            explanation="The copy of today's value, drawn at tomorrow's place, is late by one row. Compare its error "
            "with that of persistence.",
        ),
        Choice(
            id="recall-baseline",
            prompt="Daily rows with a strong week. A network has half the error of persistence. Is it good?",
            options=(
                Option(
                    "yes",
                    "Yes: half the error of a rule that knows the last day is a clear win.",
                    "Over a rule that ignores the week. The same day of the week before may be better still, and "
                    "costs nothing.",
                ),
                Option(
                    "no",
                    "No: a network never beats a simple rule.",
                    "It does on some rows. Which ones, only the comparison can say.",
                ),
                Option("unknown", "Not known yet: compare it with seasonal naive and a linear model."),
            ),
            answer=lambda prediction: "unknown",
            explanation="Compare with the best forecast that needs no network, not with the weakest.",
        ),
        Number(
            id="recall-recursive",
            prompt="A network of one step, windows of {timesteps_text}, fed its own forecasts. It is called for the "
            "third time. How many rows of its window are its own forecasts?",
            answer=measured(
                "the own forecasts in the third window",
                lambda prediction: min(2, prediction.exp.timesteps),
                about="own-forecasts",
                figures={"calls": 3},
            ),
            unit="rows",
            explanation="One from each call before, as far as the window has room.",
        ),
    ),
    exercises=(
        Exercise(name="complete_the_lag_detector", title="Is it late?", kind="faded"),
        Exercise(name="forecasts_without_a_network", title="Three forecasts that cost nothing", kind="free"),
        Exercise(name="repair_the_recursion", title="A forecast that looks ahead", kind="debugging"),
    ),
    sources=(
        "Hyndman & Athanasopoulos, Forecasting: Principles and Practice, chapter 5 (simple forecasts, accuracy, "
        "time series cross-validation)",
        "Hyndman & Koehler (2006), Another look at measures of forecast accuracy (MASE)",
        "Lei, G'Sell, Rinaldo, Tibshirani & Wasserman (2018), Distribution-Free Predictive Inference for Regression "
        "(intervals from held-out residuals)",
        "U.S. Energy Information Administration (Brent spot price); US Social Security Administration, via "
        "FiveThirtyEight (births); AEMO (electricity demand in Victoria)",
    ),
    summary="Score a network in {measure}, on later rows, beside the best forecast that needs none: persistence, the "
    "same moment a season before, a linear model on the same windows. Look for the best shift, repeat it with several "
    "seeds, and put a range around it. On the oil price, persistence is hard to beat.",
)
