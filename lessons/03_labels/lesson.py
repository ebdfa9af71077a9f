from lstm_course.authoring import (
    LSTM,
    Choice,
    Dense,
    Exercise,
    Experiment,
    Lesson,
    Number,
    Option,
    Quantity,
    Shape,
    Step,
    Tensor,
    labels_shape,
    predict,
    rows_of,
    shape_after,
)

WEATHER_CLASSES = 5  # of the column weather in seattle_weather
DEMAND = {
    **rows_of("electricity"),
    "timesteps": 48,
    "flat_labels": False,
    "layers": (LSTM(32),),
    "head": None,
    "loss": None,
}
WEATHER = {**DEMAND, "dataset": "seattle_weather", "timesteps": 14, "horizon": 1, "labels": "class"}
FLAT = {
    "labels": "steps",
    "horizon": 1,
    "flat_labels": True,
    "lags": "timesteps",
    "layers": (LSTM(32, return_sequences=True),),
    "head": (Dense(1),),
    "loss": None,
}


def batch_of(prediction):
    """Samples in one batch."""
    return prediction.label.shape[0]


def every_timestep(prediction):
    return Tensor((batch_of(prediction), prediction.exp.timesteps, 1), ("batch", "timesteps", "targets"))


def two_targets(prediction):
    batch, horizon = batch_of(prediction), prediction.exp.horizon
    if horizon == 1:
        return Tensor((batch, 2), ("batch", "targets"))
    return Tensor((batch, horizon, 2), ("batch", "horizon", "targets"))


def terms_of_mismatch(prediction):
    """Terms of the loss for flat labels against an output at every timestep; None for other targets."""
    if prediction.exp.is_classification or len(prediction.facts.targets) != 1:
        return None
    comparison = predict(prediction.exp.change(**FLAT), prediction.facts).comparison
    return comparison.num_terms if comparison else None


def terms_now(prediction):
    """Terms of the loss of one batch; None where Keras would refuse to compare."""
    found = prediction.comparison
    return None if found is None or found.verdict == "refused" else found.num_terms


LESSON = Lesson(
    slug="labels",
    number=3,
    title="Labels",
    question="What must the labels look like to match the output?",
    minutes=25,
    datasets=("electricity", "seattle_weather"),
    removes=("if it trains, the shapes are right",),
    needs="series",
    start=Experiment(dataset="electricity", timesteps=48, horizon=24, layers=(LSTM(32),), batch_size=32),
    steps=(
        Step(
            id="what-follows",
            title="The label follows the window",
            focus="labels",
            controls=("timesteps", "horizon"),
            views=("windows-on-series",),
            try_this="Drag the window and read under the chart which rows are its labels.",
            questions=(
                Number(
                    id="first-label",
                    prompt="The window that begins at row 0 takes {timesteps_text}. Counted from 0, which row is the "
                    "first one after it?",
                    answer=Quantity(
                        "first-label-row",
                        "the row of the first label",
                        lambda prediction: prediction.exp.timesteps,
                    ),
                    explanation="The window takes rows 0 to {last_timestep}; row {right} follows.",
                ),
            ),
        ),
        Step(
            id="steps-ahead",
            title="One step, or many",
            focus="labels",
            controls=("horizon",),
            views=("labels", "comparator"),
            try_this="Change the horizon, and watch labels and output change together.",
            suggestion={**DEMAND, "horizon": 24},
            questions=(
                Shape(
                    id="all-labels",
                    prompt="There are {num_windows} training samples; the horizon is {horizon}, and what is forecast "
                    "is {targets}. What is the shape of all training labels?",
                    answer=labels_shape(),
                    explanation="The first axis counts samples, as that of the inputs; what follows is what the "
                    "network should say of one sample.",
                ),
            ),
        ),
        Step(
            id="every-timestep",
            title="A label at every timestep",
            focus="labels",
            controls=("labels", "return_sequences", "horizon"),
            views=("labels", "comparator"),
            try_this="Set it up, then switch return_sequences off and read where the network ends.",
            suggestion={
                **DEMAND,
                "horizon": 1,
                "labels": "sequence",
                "lags": "timesteps",
                "layers": (LSTM(32, return_sequences=True),),
            },
            questions=(
                Shape(
                    id="sequence-labels",
                    prompt="Suppose each of the {timesteps_text} of a window has a label of its own: one value that "
                    "comes later. What is the shape of the labels of a batch of {batch} samples?",
                    answer=Quantity(
                        "labels-every-timestep", "the labels at every timestep", every_timestep, "labels"
                    ),
                    explanation="Samples of the batch, timesteps, and one number at each.",
                ),
            ),
        ),
        Step(
            id="several-targets",
            title="Several columns to forecast",
            focus="labels",
            controls=("targets", "horizon"),
            views=("labels", "comparator"),
            try_this="Set it up, take a target out and put it back, and watch the last axis.",
            suggestion={**DEMAND, "targets": ("demand_gw", "temperature_c"), "horizon": 24},
            questions=(
                Shape(
                    id="two-targets",
                    prompt="Suppose two columns are forecast, {horizon_text} ahead. With a horizon of 1 the labels "
                    "need no axis for the steps. What is the shape of the labels of a batch of {batch} samples?",
                    answer=Quantity(
                        "labels-two-targets", "the labels for two targets", two_targets, "labels"
                    ),
                    explanation="The samples of the batch first and the two columns last; between them, where there "
                    "are several, the steps ahead.",
                ),
            ),
        ),
        Step(
            id="a-class",
            title="A class, as a number",
            focus="labels",
            controls=("labels", "horizon"),
            views=("labels", "comparator"),
            try_this="Set it up, drag the window slider, and see a class turn into its number.",
            suggestion=WEATHER,
            questions=(
                Shape(
                    id="class-labels",
                    prompt="Each day in Seattle is of one of 5 classes, numbered 0 to 4. What is the shape of the "
                    "labels of a batch of {batch} samples when a label is the number of its class?",
                    answer=Quantity(
                        "labels-class",
                        "class numbers as labels",
                        lambda prediction: Tensor((batch_of(prediction),), ("batch",)),
                        "labels",
                    ),
                    explanation="One integer for each sample. The 5 is found in the output, which gives each class a "
                    "probability.",
                ),
                Choice(
                    id="today-or-tomorrow",
                    prompt="Why is the label here the class of the day after the window, and not of its last day?",
                    options=(
                        Option(
                            "shape",
                            "Because the shapes would not match otherwise.",
                            "The shapes would be the same. What differs is what the network can know: the last day's "
                            "precipitation goes in.",
                        ),
                        Option(
                            "order",
                            "Because a layer cannot use the last row of a window.",
                            "It can, and does. Just for this reason the last day's class would be no forecast.",
                        ),
                        Option(
                            "given-away",
                            "Its rain or snow goes in and nearly names the class.",
                        ),
                    ),
                    answer=lambda prediction: "given-away",
                    explanation="On each of the 623 days with precipitation in this file the class is rain or snow. "
                    "Reading it off the same day is no forecast.",
                ),
            ),
        ),
        Step(
            id="one-hot",
            title="A class, one-hot",
            focus="labels",
            controls=("labels", "loss"),
            views=("labels", "comparator"),
            try_this="Set it up, then choose the loss sparse_categorical_crossentropy and read the comparison.",
            suggestion={**WEATHER, "labels": "one-hot"},
            questions=(
                Shape(
                    id="one-hot-labels",
                    prompt="The same 5 classes as one-hot labels: what is the shape for a batch of {batch} samples?",
                    answer=Quantity(
                        "labels-one-hot",
                        "one-hot labels",
                        lambda prediction: Tensor(
                            (batch_of(prediction), WEATHER_CLASSES), ("batch", "classes")
                        ),
                        "labels",
                    ),
                    explanation="A column for each class, and a single 1 in each row.",
                ),
            ),
        ),
        Step(
            id="head-and-loss",
            title="Which head, which loss",
            focus="head",
            controls=("labels", "horizon", "head", "loss"),
            views=("comparator",),
            try_this="Set it up, write Dense(1) into Head, and read what becomes of the 24 labels of a sample.",
            suggestion={**DEMAND, "horizon": 24},
            questions=(
                Choice(
                    id="which-head",
                    prompt="The labels of a batch have the shape (32, 24): the next 24 values. Below the head is "
                    "LSTM(64) with return_sequences=False. Which head fits?",
                    options=(
                        Option(
                            "one",
                            "Dense(1), because one column is forecast",
                            "It gives (32, 1). mse stretches that to (32, 24) and raises nothing: one and the same "
                            "number is compared with all 24 values.",
                        ),
                        Option(
                            "none",
                            "None, if LSTM has 24 units instead of 64",
                            "The shapes would match. But what leaves an LSTM lies between −1 and 1, and the memory "
                            "would have the size of the horizon. A head of its own keeps the two apart.",
                        ),
                        Option(
                            "softmax",
                            'Dense(24, activation="softmax")',
                            "softmax makes 24 shares that add up to 1, as for 24 classes. Values of a series are no "
                            "shares.",
                        ),
                        Option("dense", "Dense(24)"),
                    ),
                    answer=lambda prediction: "dense",
                    explanation="Dense(24) gives (32, 24): one unit for each number of the label, without an "
                    "activation, so that any value can be reached.",
                ),
            ),
        ),
        Step(
            id="axis-by-axis",
            title="Axis by axis",
            focus="loss",
            controls=("flat_labels", "horizon"),
            views=("comparator",),
            try_this="Set it up, and switch “labels (samples,)” off and on.",
            suggestion={**DEMAND, "horizon": 1, "flat_labels": True},
            questions=(
                Choice(
                    id="axis-of-one",
                    prompt='Labels of shape (32,), an output of shape (32, 1), loss="mse" given to compile. What '
                    "does Keras compare?",
                    options=(
                        Option("pairs", "32 pairs: it adds the missing axis of size 1."),
                        Option(
                            "square",
                            "32 × 32 pairs, as NumPy would.",
                            "NumPy would. Keras first brings the two to one rank where a last axis of size 1 makes "
                            "the difference, and then compares 32 pairs.",
                        ),
                        Option(
                            "error",
                            "Nothing: it raises an error.",
                            "The regression losses do not check shapes. And here all goes well: Keras adds the axis.",
                        ),
                    ),
                    answer=lambda prediction: "pairs",
                    explanation="Ranks that differ by one last axis of size 1 are aligned by Keras. In a loss that you "
                    "call by hand, or write as a Loss subclass, nobody does it for you.",
                ),
            ),
        ),
        Step(
            id="in-silence",
            title="Wrong, and no error",
            focus="loss",
            controls=("flat_labels", "return_sequences", "batch_size", "timesteps"),
            views=("loss-terms", "comparator"),
            try_this="Set it up, then switch return_sequences off and see the red go.",
            suggestion={**DEMAND, **FLAT},
            questions=(
                Number(
                    id="terms",
                    prompt="Labels ({batch},): one for each sample. Output ({batch}, {timesteps}, 1): somebody left "
                    "return_sequences on. The loss is mse, and no error is raised. How many terms does it average?",
                    answer=Quantity("terms-of-mismatch", "the terms of the loss", terms_of_mismatch, "loss"),
                    unit="terms",
                    explanation="{batch} × {timesteps} outputs, and each is compared with all {batch} labels of the "
                    "batch: {batch} × {timesteps} × {batch}.",
                ),
            ),
        ),
        Step(
            id="off-by-one",
            title="Off by one",
            focus="labels",
            controls=("timesteps", "horizon"),
            views=("windows-on-series",),
            try_this="Set it up. Note the label row of window 0, go to window 1, and find that row in its window.",
            suggestion={**DEMAND, "horizon": 1, "timesteps": 12},
            questions=(
                Choice(
                    id="which-equality",
                    prompt="X has the shape (samples, timesteps, 1), stride 1; y[i] is the row that follows window i. "
                    "Which of these holds for every i that has a next window?",
                    options=(
                        Option(
                            "own",
                            "y[i] == X[i, -1, 0]",
                            "Then the label is the last row of its own window. The network would only have to copy it.",
                        ),
                        Option("next", "y[i] == X[i + 1, -1, 0]"),
                        Option(
                            "first",
                            "y[i] == X[i + 1, 0, 0]",
                            "The first row of window i + 1 is row i + 1 of the series. For more than one timestep it "
                            "lies inside window i.",
                        ),
                    ),
                    answer=lambda prediction: "next",
                    explanation="Window i + 1 lies one row further on, so its last row is the row after window i: the "
                    "label. One line of code finds a shift in either direction.",
                ),
            ),
        ),
        Step(
            id="leaking-labels",
            title="Labels that leak",
            focus="labels",
            controls=("features", "targets", "horizon"),
            views=("window-tensor", "labels"),
            try_this="Set it up, and look for the label's scaled value in its window, for a few windows. Is there a "
            "place where it always stands?",
            suggestion={**DEMAND, "features": ("demand_gw", "temperature_c"), "horizon": 1, "timesteps": 6},
            questions=(
                Choice(
                    id="one-match",
                    prompt="In one sample the label equals a number of its own window. Is that a leak?",
                    options=(
                        Option(
                            "yes",
                            "Yes, the answer is in the input.",
                            "A value may occur twice by chance or because the series stays the same. The network "
                            "cannot copy from a place that is another one each time.",
                        ),
                        Option(
                            "never",
                            "No: a window holds rows of the past, and any number may occur in both.",
                            "If the label stands at one fixed place of the window in all samples, the network learns "
                            "to copy from there and forecasts nothing.",
                        ),
                        Option(
                            "not-yet",
                            "Not by itself: only when it does so at the same place in every sample.",
                        ),
                    ),
                    answer=lambda prediction: "not-yet",
                    explanation="A copy can be learned only from a fixed place: one timestep and one feature, in "
                    "every sample. That is what the alarm looks for.",
                ),
            ),
        ),
        Step(
            id="code",
            title="The code so far",
            views=("code-so-far",),
            try_this="Find the lines that make the labels, and compare their shape with what the head returns.",
        ),
    ),
    recall_questions=(
        Shape(
            id="recall-batch-of-labels",
            prompt="What is the shape of one batch of labels in your experiment? (Kind of label: {labels}; horizon "
            "{horizon}; to forecast: {targets}.)",
            answer=shape_after("batching", labels=True),
            explanation="The samples of the batch first, then what the network should say of each.",
        ),
        Choice(
            id="recall-silence",
            prompt="A model trains and its loss falls. What does that say of the shapes of labels and output?",
            options=(
                Option("little", "Little: mse compares whatever can be stretched to one shape."),
                Option(
                    "right",
                    "That they match, or Keras would have raised an error.",
                    "The cross-entropies check shapes; mse, mae and their like do not. Labels (N,) against an output "
                    "(N, T, 1) train without a word.",
                ),
                Option(
                    "almost",
                    "That they match up to an axis of size 1.",
                    "That would be the harmless case. Labels (N,) against (N, T, 1) differ by more, and train too.",
                ),
            ),
            answer=lambda prediction: "little",
            explanation="A regression loss stretches both sides as NumPy does. The loss can fall while outputs are "
            "compared with labels of other samples.",
        ),
        Choice(
            id="recall-class-loss",
            prompt="Labels are class numbers of shape (samples,). Which loss do they need?",
            options=(
                Option(
                    "categorical",
                    "categorical_crossentropy",
                    "That one needs a column for each class, one-hot. Class numbers go with the sparse one.",
                ),
                Option("sparse", "sparse_categorical_crossentropy"),
                Option(
                    "mse",
                    "mse",
                    "mse takes class 4 for twice class 2. Classes have no such order.",
                ),
            ),
            answer=lambda prediction: "sparse",
            explanation="It reads each label as the number of the right class and takes the logarithm of that output.",
        ),
        Number(
            id="recall-terms",
            prompt="One batch of labels has the shape {label_shape}, the output {output_shape}; the loss is {loss}. "
            "How many terms does the loss average for one batch? (A cross-entropy has one for each sample.)",
            answer=Quantity("terms", "the terms of the loss", terms_now, "loss"),
            unit="terms",
            explanation="One term for each pair of numbers that meet, so an axis that is stretched counts in full; of "
            "a cross-entropy, one for each sample: {right}.",
        ),
    ),
    exercises=(
        Exercise(name="complete_the_labels", title="The values that follow", kind="faded"),
        Exercise(name="leak_alarm", title="An alarm for leaking labels", kind="free"),
        Exercise(name="repair_the_error", title="An error that is too large", kind="debugging"),
    ),
    sources=(
        "Keras 3 source: keras.losses, squeeze_or_expand_to_same_rank and the loss functions",
        "Keras 3 API: categorical_crossentropy, sparse_categorical_crossentropy",
        "AEMO and Bureau of Meteorology, electricity demand of Victoria 2014 (R package fpp2)",
        "NOAA, daily weather of Seattle 2012 to 2015 (package vega-datasets)",
    ),
    summary="Labels and output must match axis by axis; only a class number names one of several outputs. Yours are "
    "{labels_shape} for all training samples, and the head is {head}. The cross-entropies check shapes; "
    "mse and its like "
    "stretch what does not match and say nothing. Count the terms, and check that each label lies behind its window.",
)
