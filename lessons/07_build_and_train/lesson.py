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
    Split,
    Step,
    figure,
    input_shape,
    measured,
    num_samples,
    parameters_of,
    rows_of,
    total_steps,
)

BEST_EPOCH = 23
PATIENCE = EarlyStopping().patience
PUBLISHED_TEST = (47.53, 58.03, 58.88, 52.23, 56.35)
PERSISTENCE_TEST = (48.66, 49.02, 49.02, 49.02, 49.02)  # on the same targets


def last_epoch(prediction):
    """Epoch after which training ends when epoch BEST_EPOCH was the best."""
    return BEST_EPOCH + PATIENCE


def better_than_persistence():
    return sum(model < rule for model, rule in zip(PUBLISHED_TEST, PERSISTENCE_TEST, strict=True))


LESSON = Lesson(
    slug="build-and-train",
    number=7,
    title="Build and train",
    question="How do I build, compile, train and read the curves?",
    minutes=25,
    datasets=("air_passengers",),
    removes=("a falling loss means a good forecast",),
    needs="series",
    start=Experiment(
        dataset="air_passengers",
        timesteps=12,
        layers=(LSTM(16),),
        batch_size=16,
        epochs=60,
        learning_rate=0.01,
    ),
    steps=(
        Step(
            id="sequential",
            title="A network as a list",
            focus="input-layer",
            controls=("units", "timesteps"),
            views=("code-so-far",),
            try_this="Open the program below and find the list. Change the units: which line of it changes?",
            questions=(
                Shape(
                    id="input",
                    prompt="One sample has {timesteps_text} of {features_text}, with the rows on the {lags} "
                    "axis. What is `Input(shape=…)` told?",
                    answer=input_shape(),
                    explanation="One sample, without the batch axis. Keras puts None in front of it.",
                ),
            ),
        ),
        Step(
            id="functional",
            title="The same network as calls",
            focus="recurrent-layer-1",
            controls=("units",),
            views=("code-so-far",),
            try_this="Rewrite the list of the program in this form, on paper or in an editor of your own.",
            questions=(
                Choice(
                    id="who-checks",
                    prompt="A network of one LSTM and a Dense was declared for {timesteps_text}. By mistake it "
                    "is given windows with one timestep more. Who refuses them?",
                    options=(
                        Option("functional", "The functional model; the Sequential one takes them."),
                        Option(
                            "both",
                            "Both of them: the shape was declared.",
                            "The Sequential model does not check the length that was declared. An LSTM has the same "
                            "weights at each timestep, so it can read one more, and does, without a word.",
                        ),
                        Option(
                            "sequential",
                            "The Sequential model; the functional one takes them.",
                            "It is the other way round: a functional model compares what it is given with its "
                            "Input, and raises a ValueError.",
                        ),
                        Option(
                            "neither",
                            "Neither: an LSTM reads any number of timesteps.",
                            "The layer could. But a functional model compares what it is given with its Input before "
                            "any layer is asked, and raises a ValueError.",
                        ),
                    ),
                    answer=lambda prediction: "functional",
                    explanation="The functional model raises a ValueError that names both shapes. The "
                    "Sequential model trains and predicts without a word, although it was declared for another "
                    "length.",
                ),
            ),
        ),
        Step(
            id="summary",
            title="The summary and the diagram",
            focus="recurrent-layer-1",
            controls=("units", "cell"),
            views=("parameters",),
            try_this="Change cell and units, and work out the new count before you look at it.",
            questions=(
                Number(
                    id="parameters",
                    prompt="What does the summary print as the number of parameters of your first recurrent "
                    "layer, with {units_text}?",
                    answer=parameters_of("recurrent-layer-1"),
                    unit="parameters",
                    explanation="{parameter_formula}: a kernel for the features, a recurrent kernel for the "
                    "layer's own last output, and the bias.",
                ),
            ),
        ),
        Step(
            id="compile",
            title="compile",
            focus="loss",
            controls=("loss", "optimizer", "learning_rate"),
            views=("code-so-far",),
            try_this="Change loss, optimizer and learning_rate, and find the lines of the program that change "
            "with them.",
            questions=(
                Choice(
                    id="compile-again",
                    prompt="You compile a network a second time, after it has been trained. What becomes of its "
                    "weights?",
                    options=(
                        Option(
                            "fresh",
                            "They start again from their first, random values.",
                            "First values are drawn when a layer is built. To begin anew, build the network again.",
                        ),
                        Option("stay", "They stay exactly as they are."),
                        Option(
                            "one-step",
                            "They take one step with the new optimizer.",
                            "A step needs a batch and its labels; compile gets neither.",
                        ),
                    ),
                    answer=lambda prediction: "stay",
                    explanation="compile only notes loss, optimizer and metrics. A new optimizer begins without the "
                    "averages that the old one had kept; the weights are untouched. So a second fit goes on where "
                    "the first ended, and a comparison of settings needs a new network each time.",
                ),
            ),
        ),
        Step(
            id="fit",
            title="fit",
            focus="batching",
            controls=("epochs", "batch_size"),
            views=("train",),
            try_this="Start the training and cancel it half-way. Then start it again and let it end.",
            questions=(
                Number(
                    id="total-steps",
                    prompt="{num_windows} training samples, batch_size {batch_size}, {epochs} epochs: how many "
                    "gradient steps does the whole training take at most?",
                    answer=total_steps(),
                    unit="steps",
                    explanation="An epoch takes ⌈{num_windows} / {batch_size}⌉ = {steps_per_epoch} (one step for each "
                    "batch, also for the last, which holds {last_batch}); times {epochs}: {right}. The samples alone "
                    "are not the steps, and the division is rounded up in each epoch, not at the end.",
                ),
            ),
        ),
        Step(
            id="curves",
            title="Reading the curves",
            views=("loss-curves", "baselines"),
            try_this="Find the epoch with the lowest validation loss. Then find “this network” in the table: which "
            "forecasts have a smaller error on the test part?",
            questions=(
                Choice(
                    id="falling-loss",
                    prompt="The training loss falls from the first epoch to the last. What do you know then?",
                    options=(
                        Option(
                            "good",
                            "The forecast is good.",
                            "Good compared with what? The loss speaks of the training windows and is on scaled "
                            "values. A forecast that copies the last value could be better on later rows.",
                        ),
                        Option("fits", "Its training windows are fitted ever better."),
                        Option(
                            "shapes",
                            "Shapes and labels are right.",
                            "A network whose output is compared with the wrong labels has a falling loss as well: it "
                            "learns whatever it is compared with.",
                        ),
                        Option(
                            "longer",
                            "More epochs will make the forecast better still.",
                            "They will probably make the training loss smaller. Whether later rows gain from it, only "
                            "rows that are not trained on can say.",
                        ),
                    ),
                    answer=lambda prediction: "fits",
                    explanation="That, and no more. It takes a second curve to see whether what is learned holds for "
                    "other rows, and a baseline to see whether it is worth anything.",
                ),
            ),
        ),
        Step(
            id="validation",
            title="Validation",
            focus="raw-data",
            controls=("split", "timesteps"),
            views=("split",),
            try_this="Lengthen the window and see which part runs out of samples first.",
            questions=(
                Number(
                    id="validation-samples",
                    prompt="The validation part has {validation_rows} rows. A window takes {timesteps} of them "
                    "and its label {horizon} more; the stride is {stride}, and border is “{border}” (inside: "
                    "window and label lie in the part; reach-back: only the label has to). How many samples is "
                    "the validation loss a mean of?",
                    answer=num_samples("validation"),
                    unit="samples",
                    explanation="With stride 1 and border “inside” it is rows − timesteps − horizon + 1. "
                    "A mean of {right} errors is what decides; with few of them it jumps from epoch to epoch, and a "
                    "lucky epoch looks like progress.",
                ),
            ),
        ),
        Step(
            id="overfitting",
            title="Overfitting, on purpose",
            controls=("units", "epochs", "split", "seed"),
            views=("train",),
            try_this="Press “Set it up for me”, train, and look for the epoch at which the validation loss is lowest.",
            suggestion={
                **rows_of("air_passengers"),
                "timesteps": 12,
                "horizon": 1,
                "stride": 1,
                "layers": (LSTM(64),),
                "head": None,
                "split": Split(0.4, 0.3),
                "batch_size": 8,
                "learning_rate": 0.01,
                "epochs": 300,
                "early_stopping": None,
            },
            questions=(
                Choice(
                    id="overfit-curves",
                    prompt="A network stores its training windows instead of finding a rule. What do the curves show?",
                    options=(
                        Option(
                            "both-rise",
                            "Both losses rise.",
                            "Then the steps would be too large. Storing is what makes the training loss fall.",
                        ),
                        Option(
                            "both-fall",
                            "Both losses fall to the end, the training loss faster than the other.",
                            "As long as the validation loss still falls, what is learned holds for other rows "
                            "as well.",
                        ),
                        Option(
                            "turn", "The training loss falls on; the validation loss has turned and rises."
                        ),
                        Option(
                            "flat",
                            "Both come to rest at the same height.",
                            "Then the network does on other rows what it does on its own. What was only stored is "
                            "of no use there.",
                        ),
                    ),
                    answer=lambda prediction: "turn",
                    explanation="Up to its lowest point, what was learned held for the later rows as well; after it, "
                    "less and less. The point lies at another epoch for each seed, often far before the last one.",
                ),
            ),
        ),
        Step(
            id="early-stopping",
            title="Stopping in time",
            controls=("early_stopping", "epochs"),
            views=("train",),
            try_this="Switch EarlyStopping on, train again, and compare the errors with those of the last step.",
            suggestion={"early_stopping": EarlyStopping()},
            questions=(
                Number(
                    id="stops-after",
                    prompt=f"The validation loss is lowest in epoch {BEST_EPOCH}, counted from 1, and is never "
                    f"that low again. EarlyStopping has a patience of {PATIENCE}, and there are epochs enough. Which "
                    "epoch is the last one?",
                    answer=measured(
                        "the last epoch",
                        last_epoch,
                        about="last-epoch",
                        figures={"best": BEST_EPOCH, "patience": PATIENCE},
                    ),
                    explanation=f"Epoch {BEST_EPOCH}, and {PATIENCE} more without a lower value: {{right}}. With "
                    f"restore_best_weights=True the network goes back to its weights of epoch {BEST_EPOCH}.",
                ),
            ),
        ),
        Step(
            id="seeds",
            title="One training is one draw",
            controls=("seed",),
            views=("seeds",),
            try_this="Train with five seeds and write down the lowest and the highest error on the test part.",
            questions=(
                Choice(
                    id="two-seeds",
                    prompt="Setting A, one seed: test RMSE 50. Setting B, one seed: 47. Each setting alone varies by "
                    "about 10 from seed to seed. Which one do you take?",
                    options=(
                        Option(
                            "b",
                            "B, its error is smaller.",
                            "By 3, where another seed changes either of them by 10. With the next two seeds it may be "
                            "the other way round.",
                        ),
                        Option(
                            "best-seed",
                            "B, but with the seed that gives the smallest test error.",
                            "Then the test rows have chosen the network, and can no longer judge it: the best of many "
                            "draws looks better than any network is.",
                        ),
                        Option("unknown", "I cannot tell yet: both need several seeds."),
                        Option(
                            "fixed",
                            "B: the seed was fixed, so the comparison is fair.",
                            "A fixed seed makes a run repeatable. It does not make it typical: it is still one draw.",
                        ),
                    ),
                    answer=lambda prediction: "unknown",
                    explanation="Train both with the same few seeds, and compare medians with ranges. If the ranges "
                    "overlap widely, take the simpler setting.",
                ),
            ),
        ),
        Step(
            id="airline",
            title="Five published models",
            views=("airline-table",),
            try_this="Train the five, then choose another seed and train them again. Which of them stay near their "
            "published test error?",
            questions=(
                Number(
                    id="beats-persistence",
                    prompt="Before you see the figures: how many of the five published models, do you think, have a "
                    "smaller error on the test rows than persistence?",
                    answer=figure("the models that beat persistence", better_than_persistence()),
                    unit="models of five",
                    explanation="That is the first, with 47.53 against 48.66. The other four have 52.23 to "
                    "58.88, where persistence has 49.02. Four of five published LSTMs lose to a forecast that "
                    "needs no network.",
                ),
            ),
        ),
        Step(
            id="what-went-wrong",
            title="What the article gets wrong, and why",
            focus="scaling",
            controls=("scaler_fit", "scaling"),
            views=("leakage", "airline-table"),
            try_this="Read how far the later rows would move the scaler of your own experiment.",
            questions=(
                Choice(
                    id="why-leak",
                    prompt="The scaler of the article was fitted on all 144 rows. Why does that make its test error "
                    "doubtful?",
                    options=(
                        Option(
                            "units",
                            "The error is no longer in passengers.",
                            "It is: the scaling was undone before the error was taken. What is doubtful is what the "
                            "network could know.",
                        ),
                        Option(
                            "future", "Smallest and largest value were not known when the forecast was due."
                        ),
                        Option(
                            "shape",
                            "Training and test arrays get other shapes.",
                            "Scaling never changes a shape. It changes values, here with two numbers from the future.",
                        ),
                        Option(
                            "loss",
                            "The training loss becomes too small, so that training ends too early.",
                            "Its size changes with the scale, but the network is not judged by it. The test error is "
                            "the one that should be honest.",
                        ),
                    ),
                    answer=lambda prediction: "future",
                    explanation="The largest value lies in the test rows. Scaled with it, no test value is "
                    "above 1: the network is spared what would happen in use, values beyond its range. With a "
                    "scaler that saw the training rows only, many of the later ones lie outside, and that is the "
                    "true task.",
                ),
            ),
        ),
        Step(
            id="the-code",
            title="The code so far",
            views=("code-so-far",),
            try_this="Run the program with three values of the seed, and write down the three test errors.",
        ),
    ),
    recall_questions=(
        Choice(
            id="recall-loss",
            prompt="The training loss has fallen to a tenth. What can you say of the forecast of later rows?",
            options=(
                Option("nothing", "Nothing yet: other rows and a baseline are missing."),
                Option(
                    "ten",
                    "Its error on those rows has fallen to a tenth as well.",
                    "The training loss speaks of training windows only. The error on later rows may have risen.",
                ),
                Option(
                    "better",
                    "It is better than persistence.",
                    "Persistence may have been better than that from the beginning. It has to be computed.",
                ),
            ),
            answer=lambda prediction: "nothing",
            explanation="A falling training loss says that training works. Compare errors on later rows, in original "
            "units, with those of a forecast that needs no network.",
        ),
        Choice(
            id="recall-restore",
            prompt="fit ends by EarlyStopping with Keras's own defaults. Which weights does the network have then?",
            options=(
                Option(
                    "best",
                    "Those of the epoch with the lowest validation loss.",
                    "Only with restore_best_weights=True. The default is False.",
                ),
                Option(
                    "first",
                    "Those that it had before fit.",
                    "Stopping ends the training; it takes nothing back.",
                ),
                Option("last", "Those of the last epoch."),
            ),
            answer=lambda prediction: "last",
            explanation="restore_best_weights is False by default, so the network keeps the weights of the last "
            "epoch, which was no improvement.",
        ),
        Choice(
            id="recall-check",
            prompt="Windows of another length than declared are passed to a Sequential model of one LSTM and a Dense. "
            "What happens?",
            options=(
                Option("silent", "It reads them without a word."),
                Option(
                    "raises",
                    "It raises a ValueError.",
                    "The functional form does. A Sequential model does not check the number of timesteps.",
                ),
                Option(
                    "cuts",
                    "It cuts or fills them to the declared length.",
                    "Keras changes no window. The LSTM takes as many steps as there are.",
                ),
            ),
            answer=lambda prediction: "silent",
            explanation="An LSTM can read any number of timesteps, and a Sequential model does not compare it "
            "with its Input. The functional form does, and raises.",
        ),
        Number(
            id="recall-steps",
            prompt="How many gradient steps do {epochs} epochs take with {num_windows} training samples and "
            "batch_size {batch_size}?",
            answer=total_steps(),
            unit="steps",
            explanation="{epochs} × ⌈{num_windows} / {batch_size}⌉ = {right}.",
        ),
    ),
    exercises=(
        Exercise(name="stop_in_time", title="Stop in time", kind="faded"),
        Exercise(name="build_the_model", title="Build and compile", kind="free", seconds=30.0),
        Exercise(name="fair_comparison", title="A comparison that flatters", kind="debugging"),
    ),
    sources=(
        "Jason Brownlee, Time Series Prediction with LSTM Recurrent Neural Networks in Python with Keras "
        "(the five models and their figures)",
        "Box, Jenkins & Reinsel (1976), Time Series Analysis, Series G (the airline passengers)",
        "Keras 3 API: Sequential, Model, Model.compile, Model.fit, EarlyStopping",
        "Hyndman & Athanasopoulos, Forecasting: Principles and Practice, chapter 5 (simple forecasts as a benchmark)",
    ),
    summary="Build from the bottom up and tell `Input` one sample; compile chooses loss and optimizer; fit takes "
    "{total_steps} gradient steps in all. Judge by later rows, beside persistence, over several seeds: "
    "the training loss can fall to nothing while the forecast gets worse.",
)
