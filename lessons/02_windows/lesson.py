from lstm_course.authoring import (
    Choice,
    Exercise,
    Experiment,
    Lesson,
    Number,
    Option,
    Order,
    Shape,
    Step,
    input_shape,
    labels_shape,
    measured,
    num_samples,
    rows_of,
    shape_after,
    supposed,
)


def windows_through_a_row(prediction):
    """Windows that hold one row in the middle, in their rows or their labels."""
    exp = prediction.exp
    return -(-(exp.timesteps + exp.horizon) // exp.stride)


def rows_on_the_features_axis(prediction):
    """Windows of one timestep; a label at every timestep has no place there."""
    labels = "steps" if prediction.exp.labels == "sequence" else prediction.exp.labels
    return {"lags": "features", "labels": labels}


LESSON = Lesson(
    slug="windows",
    number=2,
    title="Windows",
    question="How do rows become (samples, timesteps, features)?",
    minutes=25,
    datasets=("air_passengers", "electricity"),
    removes=(
        "reshape makes windows",
        "samples, timesteps and batch are the same thing",
    ),
    needs="series",
    start=Experiment(dataset="air_passengers", timesteps=12, horizon=1),
    steps=(
        Step(
            id="one-window",
            title="One window, one label",
            focus="windowing",
            controls=("timesteps", "horizon"),
            views=("windows-on-series", "window-tensor"),
            try_this="Drag the window along the series and watch which sample it is.",
            questions=(
                Shape(
                    id="one-sample",
                    prompt="A window takes {timesteps_text}, and {features_text} per row. What shape has one sample, "
                    "without the samples axis?",
                    answer=input_shape(),
                    explanation="{features_text} at each of {timesteps_text}: {right}. This is what "
                    "`Input(shape=…)` is told.",
                ),
            ),
        ),
        Step(
            id="how-many",
            title="How many windows",
            focus="windowing",
            controls=("timesteps", "horizon", "split"),
            views=("windows-on-series",),
            try_this="Drag the window to the right until it stops, and look where its label lies.",
            questions=(
                Number(
                    id="count",
                    prompt="The training part has {train_rows} rows. A window takes {timesteps} of them, its label "
                    "{horizon} more, and the window moves on by {stride_text}. How many windows are there?",
                    answer=num_samples(),
                    unit="windows",
                    explanation="{window_formula}. Every {stride_text} beyond one window and its label allow one "
                    "move more; the first window needs none.",
                ),
            ),
        ),
        Step(
            id="three-axes",
            title="Samples, timesteps, batch",
            focus="windowing",
            controls=("timesteps", "batch_size"),
            views=("window-tensor", "batches"),
            try_this="Change batch_size and see that the shape of the windows stays as it is.",
            questions=(
                Shape(
                    id="all-windows",
                    prompt="What is the shape of all training windows together?",
                    answer=shape_after("windowing"),
                    explanation="Every window is a sample, and no batch size is needed to say so.",
                ),
                Choice(
                    id="what-batch-changes",
                    prompt="You double batch_size. What becomes of this array?",
                    options=(
                        Option(
                            "half",
                            "It has half as many samples.",
                            "That happens to the steps per epoch, or nearly so. The samples were cut from the rows "
                            "before anybody spoke of batches.",
                        ),
                        Option("nothing", "It stays as it is."),
                        Option(
                            "longer",
                            "Its windows are twice as long.",
                            "The length of a window is timesteps, {timesteps}. batch_size only says how many windows "
                            "go through the network at a time.",
                        ),
                    ),
                    answer=lambda prediction: "nothing",
                    explanation="Batches cut the samples axis while training; the array itself is the same for every "
                    "batch_size.",
                ),
            ),
        ),
        Step(
            id="stride",
            title="Moving on by more than one row",
            focus="windowing",
            controls=("stride", "timesteps"),
            views=("windows-on-series",),
            try_this="Raise the stride until neighbouring windows share no row.",
            questions=(
                Number(
                    id="no-overlap",
                    prompt="With stride = timesteps = {timesteps} the windows lie side by side. How many are there in "
                    "the {train_rows} training rows?",
                    answer=supposed(num_samples(), lambda prediction: {"stride": prediction.exp.timesteps}),
                    unit="windows",
                    explanation="({train_rows} − {timesteps} − {horizon}) // {timesteps} + 1 = {right}, when that is "
                    "not negative: the label of the last window has to fit too.",
                ),
            ),
        ),
        Step(
            id="border",
            title="At the border of the split",
            focus="windowing",
            controls=("border", "split", "timesteps"),
            views=("split", "windows-on-series"),
            try_this="Switch the border to reach-back and watch the first test window.",
            questions=(
                Number(
                    id="reach-back",
                    prompt="The test part has {test_rows} rows and gives {test_samples} samples now. How many does it "
                    'give with border="reach-back" and stride 1?',
                    answer=supposed(
                        num_samples("test"), lambda prediction: {"border": "reach-back", "stride": 1}
                    ),
                    unit="samples",
                    explanation="Only the labels have to lie inside the {test_rows} test rows; the rows of "
                    "the window may come from before.",
                ),
            ),
            suggestion={"border": "reach-back"},
        ),
        Step(
            id="gap",
            title="A gap inside a window",
            focus="windowing",
            controls=("dataset", "timesteps", "gap_windows", "missing"),
            views=("gaps", "windows-on-series"),
            try_this="Take the data set co2, which has gaps, and see which windows are left out.",
            questions=(
                Number(
                    id="spoiled",
                    prompt="A single row in the middle of the training part loses its value, input and label alike. "
                    "How many windows hold that row, in their {timesteps} timesteps or in the {horizon_text} "
                    "behind them, at most?",
                    answer=measured(
                        "the windows that hold one row",
                        windows_through_a_row,
                        about="windows-of-a-row",
                        stage="windowing",
                    ),
                    unit="windows",
                    explanation="A window and its label cover {window_rows} rows, and windows begin "
                    "{stride_text} apart.",
                ),
            ),
            suggestion={**rows_of("co2"), "missing": "keep"},
        ),
        Step(
            id="lags",
            title="Rows as timesteps or as features",
            focus="windowing",
            controls=("lags", "features", "timesteps"),
            views=("lags", "window-tensor"),
            try_this="Switch “Rows of a window on” from timesteps to features; the numbers stay, the axes change.",
            questions=(
                Shape(
                    id="as-features",
                    prompt="The same windows with their rows side by side on the features axis: what shape have all "
                    "training windows then?",
                    answer=supposed(shape_after("windowing"), rows_on_the_features_axis),
                    misconceptions=("lags-on-the-other-axis",),
                    explanation="A single timestep that holds {timesteps} rows of {features_text} each.",
                ),
                Choice(
                    id="how-many-steps",
                    prompt="How many times does a recurrent layer then apply its cell to one sample?",
                    options=(
                        Option(
                            "each-lag",
                            "Once for each row of the window, {timesteps} times.",
                            "It does so when the rows lie on the timesteps axis. Here there is one timestep, and the "
                            "layer sees all rows at once.",
                        ),
                        Option(
                            "each-sample",
                            "Once for all samples together.",
                            "Samples do not hand a state to one another here: each begins from zeros. The cell is "
                            "applied to every sample, one timestep after the other.",
                        ),
                        Option("once", "Once."),
                    ),
                    answer=lambda prediction: "once",
                    explanation="Once: the cell is applied for each timestep, and there is one. Unless the layer is "
                    "stateful it begins from zeros, and its recurrent weights have nothing to act on.",
                ),
            ),
        ),
        Step(
            id="three-ways",
            title="By hand, with NumPy, with Keras",
            focus="windowing",
            controls=("timesteps", "horizon", "stride"),
            views=("window-tensor", "labels"),
            try_this="Find in the lines below where the label of window i comes from.",
            questions=(
                Order(
                    id="order",
                    prompt="Bring into the order in which they must happen:",
                    items=(
                        Option("windows", "cut windows"),
                        Option("batch", "take batches"),
                        Option("split", "split the rows"),
                        Option("scale", "fit the scaler and scale the rows"),
                    ),
                    answer=lambda prediction: ("split", "scale", "windows", "batch"),
                    explanation="Split first, so that the scaler sees training rows only; then scale rows, not "
                    "windows, because each row stands in many of them; then cut windows; batches come last.",
                ),
            ),
        ),
        Step(
            id="code",
            title="The code so far",
            views=("code-so-far",),
            try_this="Copy the program and run it outside the course.",
        ),
    ),
    recall_questions=(
        Number(
            id="recall-count",
            prompt="How many training samples do your {train_rows} training rows give, with {timesteps_text}, a "
            "horizon of {horizon} and a stride of {stride}?",
            answer=num_samples(),
            explanation="{window_formula}.",
        ),
        Shape(
            id="recall-labels",
            prompt="What is the shape of all training labels?",
            answer=labels_shape(),
            explanation="One entry on the first axis for each of the {num_windows} samples.",
        ),
        Choice(
            id="recall-reshape",
            prompt="Why can reshape not cut overlapping windows?",
            options=(
                Option("once", "It uses each number once, and windows use most rows many times."),
                Option(
                    "order",
                    "It mixes up the order of the rows, and a window needs them in the order of time.",
                    "reshape keeps the order. What it cannot do is repeat a row, and neighbouring windows share rows.",
                ),
                Option(
                    "two",
                    "It only works on two axes.",
                    "reshape makes any number of axes. What it cannot do is repeat a row.",
                ),
            ),
            answer=lambda prediction: "once",
            explanation="The size of an array does not change in a reshape. Windows hold samples × timesteps rows, "
            "far more than there are.",
        ),
    ),
    exercises=(
        Exercise(name="complete_the_count", title="Count the windows", kind="faded"),
        Exercise(name="windows_by_hand", title="Cut the windows", kind="free"),
        Exercise(name="repair_the_windows", title="A program from a tutorial", kind="debugging"),
    ),
    sources=(
        "NumPy reference: numpy.lib.stride_tricks.sliding_window_view",
        "Keras 3 API: keras.utils.timeseries_dataset_from_array",
        "Box, Jenkins & Reinsel (1976), Time Series Analysis, Series G (the airline passengers)",
    ),
    summary="A sample is a window and its label. {train_rows} training rows give {num_windows} of them: "
    "{window_formula}. The array is {train_shape}, samples × timesteps × features; batches cut it later, and no "
    "reshape makes it.",
)
