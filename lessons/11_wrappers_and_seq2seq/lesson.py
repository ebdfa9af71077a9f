from lstm_course.authoring import (
    LSTM,
    Bidirectional,
    Choice,
    Dense,
    Exercise,
    Experiment,
    Lesson,
    Number,
    Option,
    Quantity,
    RepeatVector,
    Shape,
    Step,
    Tensor,
    TimeDistributed,
    measured,
    parameters_of,
    predict,
    rows_of,
    supposed,
)

DEMAND = {
    **rows_of("electricity"),
    "timesteps": 48,
    "horizon": 48,
    "lags": "timesteps",
    "flat_labels": False,
    "layers": (LSTM(32),),
    "head": None,
    "loss": None,
}
TRAINING = {"stride": 7, "batch_size": 64, "epochs": 10, "learning_rate": 0.005}
ENCODER_DECODER = {**DEMAND, "layers": (LSTM(32), RepeatVector(48), LSTM(32, return_sequences=True))}
STATES = {
    **DEMAND,
    "layers": (
        LSTM(32, return_state=True),
        RepeatVector(48),
        LSTM(32, return_sequences=True, initial_state=0),
    ),
}
EACH_TIMESTEP = {
    **DEMAND,
    "layers": (LSTM(32, return_sequences=True),),
    "head": (TimeDistributed(Dense(1)),),
}


def units_of(prediction):
    return prediction.exp.recurrent_layers[0].units


def in_both_directions(prediction):
    """An LSTM as wide as the learner's, put into Bidirectional, on the learner's windows."""
    return {"layers": (Bidirectional(LSTM(units_of(prediction))),), "head": None, "lags": "timesteps"}


def leaves_both_directions(prediction):
    exp = prediction.exp.change(**in_both_directions(prediction))
    return predict(exp, prediction.facts).stage("recurrent-layer-1").tensor


def repeated(prediction):
    sizes = (prediction.label.shape[0], prediction.exp.horizon, units_of(prediction))
    return Tensor(sizes, ("batch", "timesteps", "units"))


def decoded(prediction):
    return Tensor((prediction.label.shape[0], prediction.exp.horizon, 1), ("batch", "timesteps", "units"))


LESSON = Lesson(
    slug="wrappers-and-seq2seq",
    number=11,
    title="Wrappers and sequences to sequences",
    question="How do I predict many steps, or read in both directions?",
    minutes=25,
    datasets=("electricity",),
    removes=("Dense(24) and TimeDistributed(Dense(1)) are the same",),
    needs="series",
    start=Experiment(
        dataset="electricity",
        timesteps=48,
        horizon=48,
        layers=(LSTM(32),),
        stride=7,
        batch_size=64,
        epochs=10,
        learning_rate=0.005,
    ),
    steps=(
        Step(
            id="two-directions",
            title="Reading in both directions",
            focus="recurrent-layer-1",
            controls=("bidirectional", "units"),
            views=("parameters", "structures"),
            try_this="Switch Bidirectional on and off; watch what leaves the layer and what reaches the head. Then "
            "train the three.",
            suggestion={**DEMAND, **TRAINING, "layers": (Bidirectional(LSTM(32)),)},
            questions=(
                Shape(
                    id="joined",
                    prompt="An LSTM({units}) is put into Bidirectional; only the last output is asked for. What "
                    "leaves it for a batch of {batch} samples?",
                    answer=Quantity(
                        "both-directions",
                        "what leaves an LSTM in Bidirectional",
                        leaves_both_directions,
                        "recurrent-layer-1",
                    ),
                    explanation="{units} numbers from the copy that reads forwards, and as many from the "
                    "other, side by side.",
                ),
                Choice(
                    id="no-future",
                    prompt="The backward copy begins with the window's last row. Does it see what is to be forecast?",
                    options=(
                        Option("no", "No: both copies read the rows of the window only."),
                        Option(
                            "yes",
                            "Yes: reading backwards means to come from the future.",
                            "It reads backwards from the window's last row, and that row is known. The labels begin "
                            "behind it.",
                        ),
                        Option(
                            "stride",
                            "Only when windows overlap.",
                            "Windows share rows with their neighbours, but each sample is read for itself.",
                        ),
                    ),
                    answer=lambda prediction: "no",
                    explanation="Labels that lie behind the window are seen by neither copy. A label at every "
                    "timestep is another matter; that comes soon.",
                ),
            ),
        ),
        Step(
            id="merge-mode",
            title="How two readings become one",
            focus="recurrent-layer-1",
            controls=("bidirectional", "merge_mode", "units"),
            views=("parameters",),
            try_this="Go through the four merge modes. In which of them does the width change, in which the number "
            "of parameters?",
            suggestion={**DEMAND, "layers": (Bidirectional(LSTM(32)),)},
            questions=(
                Number(
                    id="both-parameters",
                    prompt="An LSTM({units}) on {features_text} is put into Bidirectional. How many parameters has "
                    "the wrapper in all?",
                    answer=supposed(parameters_of("recurrent-layer-1"), in_both_directions),
                    unit="parameters",
                    explanation="2 · 4 · ({units} · ({num_features} + {units}) + {units}) = {right}: two layers, each "
                    "with weights of its own.",
                ),
            ),
        ),
        Step(
            id="turned-round",
            title="Every output, of both",
            focus="recurrent-layer-1",
            controls=("return_sequences", "labels"),
            views=("comparator",),
            try_this="Set it up and read the comparison: all is well, it says. Then think of what each output has "
            "read.",
            suggestion={
                **DEMAND,
                "horizon": 1,
                "labels": "sequence",
                "layers": (Bidirectional(LSTM(32, return_sequences=True)),),
            },
            questions=(
                Choice(
                    id="last-of-both",
                    prompt="Bidirectional with return_sequences=True; you take the output of the last timestep, "
                    "`[:, -1]`. How many rows has the backward copy read there?",
                    options=(
                        Option(
                            "all",
                            "All {timesteps} of them.",
                            "It has read all of them at timestep 0, where its reading ends. Keras turns its outputs "
                            "round, so that both halves at one timestep belong to the same row.",
                        ),
                        Option("one", "One: the last row."),
                        Option(
                            "none",
                            "None: it has not begun.",
                            "It begins with the last row, and its output there has read that row.",
                        ),
                    ),
                    answer=lambda prediction: "one",
                    explanation="With return_sequences=False Keras takes each copy's own last output, and both have "
                    "read everything. Cutting `[:, -1]` yourself is something else.",
                ),
                Choice(
                    id="leak",
                    prompt="Now there is a label at every timestep: the row after it. The layer is Bidirectional, "
                    "with return_sequences=True. What is wrong?",
                    options=(
                        Option(
                            "shape",
                            "The shapes do not fit.",
                            "They do, and that is the trouble: nothing on the way tells you.",
                        ),
                        Option(
                            "sees", "At all timesteps but the last, the backward copy has read the label."
                        ),
                        Option(
                            "nothing",
                            "Nothing: each label lies one row behind the row to which its output belongs.",
                            "For a layer that reads forwards only. The backward copy comes from behind, over the very "
                            "row that is asked for.",
                        ),
                    ),
                    answer=lambda prediction: "sees",
                    explanation="Row t + 1 is the label at timestep t, and the backward copy passes row t + 1 before "
                    "it comes to row t. In use there is no such row.",
                ),
            ),
        ),
        Step(
            id="cautions",
            title="What Keras refuses, and what it does not",
            focus="recurrent-layer-1",
            controls=("bidirectional", "go_backwards", "unroll"),
            views=("parameters",),
            try_this="With Bidirectional on, switch go_backwards on and read why it is refused.",
            suggestion={**DEMAND, "layers": (Bidirectional(LSTM(32)),)},
            questions=(
                Choice(
                    id="unroll-safe",
                    prompt="unroll=True writes the loop over the timesteps out. Can it change what a layer gives?",
                    options=(
                        Option(
                            "never",
                            "Never, it is only about speed and memory.",
                            "So it is meant, and so it is for a layer that reads forwards. In Keras 3.15.1 one case "
                            "breaks it, without a message.",
                        ),
                        Option("case", "In one case, by a fault of Keras 3.15.1."),
                        Option(
                            "always",
                            "Yes, an unrolled layer has weights for each timestep.",
                            "The weights are the same at each timestep, unrolled or not.",
                        ),
                    ),
                    answer=lambda prediction: "case",
                    explanation="Bidirectional with unroll=True, return_sequences=True and a mask: the backward copy "
                    "then applies the mask to the wrong timesteps.",
                ),
            ),
        ),
        Step(
            id="time-distributed",
            title="The same layer at every timestep",
            focus="head",
            controls=("units", "timesteps"),
            views=("parameters",),
            try_this="Set it up and change the timesteps: which numbers of parameters change? (The labels no longer "
            "fit then; that is the next step.)",
            suggestion=EACH_TIMESTEP,
            questions=(
                Number(
                    id="shared-weights",
                    prompt="A recurrent layer with {units_text} returns all {timesteps_text}, and TimeDistributed("
                    "Dense(1)) stands on it. How many parameters has that head?",
                    answer=Quantity(
                        "time-distributed-parameters",
                        "the parameters of TimeDistributed(Dense(1))",
                        lambda prediction: units_of(prediction) + 1,
                        "head",
                    ),
                    unit="parameters",
                    explanation="{units} weights and one bias, {right} in all: one Dense(1), used at each timestep.",
                ),
            ),
        ),
        Step(
            id="not-the-same",
            title="Dense(H) is not TimeDistributed(Dense(1))",
            focus="head",
            controls=("timesteps", "horizon", "return_sequences"),
            views=("comparator", "parameters"),
            try_this="Set it up and read the finding at the head. Then make the window longer than the horizon.",
            suggestion=EACH_TIMESTEP,
            questions=(
                Choice(
                    id="first-output",
                    prompt="Window 48, horizon 48; LSTM with return_sequences=True, then TimeDistributed(Dense(1)). "
                    "The output is (batch, 48, 1), and it fits the 48 labels behind the window. What has the first "
                    "output read, the one compared with the first label?",
                    options=(
                        Option("one", "One row, the oldest of the window."),
                        Option(
                            "all",
                            "The whole window, as each output of the layer.",
                            "Only the output of the last timestep has. The first one leaves when one row has been "
                            "read, and no head can add the others.",
                        ),
                        Option(
                            "last",
                            "The newest row.",
                            "The layer begins with the oldest row; its first output comes right after it.",
                        ),
                    ),
                    answer=lambda prediction: "one",
                    explanation="The output at timestep t has read the rows 0 to t. So the first label is forecast "
                    "from the row that lies 48 rows before it, although 47 newer ones are known.",
                ),
                Number(
                    id="direct-weights",
                    prompt="The other head: {units_text}, return_sequences=False, then Dense({horizon}). How many "
                    "parameters has that head?",
                    answer=Quantity(
                        "direct-head-parameters",
                        "the parameters of Dense(horizon)",
                        lambda prediction: (units_of(prediction) + 1) * prediction.exp.horizon,
                        "head",
                    ),
                    unit="parameters",
                    explanation="({units} + 1) · {horizon} = {right}: each step ahead has weights of its own, and all "
                    "of them see the state after the whole window.",
                ),
            ),
        ),
        Step(
            id="direct",
            title="All steps at once",
            focus="head",
            controls=("horizon", "epochs", "seed"),
            views=("train", "errors-by-horizon"),
            try_this="Train, and compare the two curves at the first steps and at the last.",
            suggestion={**DEMAND, **TRAINING},
            questions=(
                Choice(
                    id="same-time",
                    prompt="Demand repeats itself after a day, 48 half-hours. Persistence says that the last known "
                    "value stays. At which step ahead do you expect its error to be smaller, at 24 or at 48?",
                    options=(
                        Option(
                            "near",
                            "At 24: errors grow with the distance.",
                            "They do for a series without a season. Here 24 steps ahead is the opposite time of day.",
                        ),
                        Option("day", "At 48: then it is the same time of day again."),
                        Option(
                            "equal",
                            "No difference: the forecast is one number.",
                            "The forecast is, but the truth is not: it goes up and down with the time of day.",
                        ),
                    ),
                    answer=lambda prediction: "day",
                    explanation="48 steps ahead the day has come round. So an error that grows and falls again "
                    "says something about the season, not about the forecast.",
                ),
            ),
        ),
        Step(
            id="repeat-vector",
            title="From one vector to a sequence",
            focus="recurrent-layer-1",
            controls=("layers", "units"),
            views=("parameters",),
            try_this="Set it up and find RepeatVector between the two recurrent layers. How many parameters has it?",
            suggestion=ENCODER_DECODER,
            questions=(
                Shape(
                    id="repeated",
                    prompt="A layer with {units_text} hands on its last output, and RepeatVector({horizon}) stands "
                    "above it. What leaves RepeatVector for a batch of {batch} samples?",
                    answer=Quantity(
                        "repeated-vector", "what leaves RepeatVector", repeated, "between-layers"
                    ),
                    explanation="The same vector once for each step ahead, on a new axis of timesteps.",
                ),
                Choice(
                    id="new-time",
                    prompt="What are the timesteps of the second recurrent layer, the decoder?",
                    options=(
                        Option(
                            "window",
                            "The rows of the window once more.",
                            "The window ended in the encoder, as one vector. RepeatVector makes a new axis, as long "
                            "as the forecast.",
                        ),
                        Option("ahead", "The steps ahead that are forecast."),
                        Option(
                            "units",
                            "The units of the encoder.",
                            "They are the last axis: what stands at each of the new timesteps.",
                        ),
                    ),
                    answer=lambda prediction: "ahead",
                    explanation="The decoder takes one step for each row to be forecast. Window and horizon need not "
                    "be equally long.",
                ),
            ),
        ),
        Step(
            id="decoder",
            title="The decoder and its head",
            focus="head",
            controls=("layers", "horizon"),
            views=("comparator",),
            try_this="Set it up and change the horizon alone. Which layer has to follow?",
            suggestion=ENCODER_DECODER,
            questions=(
                Shape(
                    id="decoded",
                    prompt="The decoder returns one output for each step ahead ({horizon_text}), and "
                    "TimeDistributed(Dense(1)) makes one number of each. What is the output for a batch of "
                    "{batch} samples?",
                    answer=Quantity("decoded-steps", "the output of the decoder's head", decoded, "head"),
                    explanation="Labels (batch, horizon) differ from it by one last axis of size 1, and "
                    "Keras takes care of that.",
                ),
            ),
        ),
        Step(
            id="states",
            title="Handing the state over",
            focus="recurrent-layer-1",
            controls=("layers", "cell"),
            views=("parameters",),
            try_this="Set it up, and compare the number of parameters with that of the step before.",
            suggestion=STATES,
            questions=(
                Number(
                    id="how-many-states",
                    prompt="Your first recurrent layer, {layer}, is the encoder. How many state tensors can it hand "
                    "to a decoder of the same kind?",
                    answer=measured(
                        "the states of the encoder",
                        lambda prediction: prediction.exp.recurrent_layers[0].num_states,
                        about="handed-states",
                    ),
                    unit="tensors",
                    explanation="An LSTM has two states, h and c; a GRU and a SimpleRNN have h alone. Yours: {right}.",
                ),
                Choice(
                    id="gru-decoder",
                    prompt="An LSTM encodes, a GRU decodes, `initial_state=[h, c]`. What does Keras do?",
                    options=(
                        Option("ignores", "It takes h, ignores c and says nothing."),
                        Option(
                            "raises",
                            "It raises an error: a GRU has one state.",
                            "One would wish so. It was measured with Keras 3.15.1, and nothing is raised.",
                        ),
                        Option(
                            "joins",
                            "It joins h and c.",
                            "A GRU has no place for a second state, and Keras makes none.",
                        ),
                    ),
                    answer=lambda prediction: "ignores",
                    explanation="Half of what the encoder remembers is thrown away in silence. The diagram reports "
                    "it; Keras does not.",
                ),
            ),
        ),
        Step(
            id="several-targets",
            title="Many steps of several columns",
            focus="head",
            controls=("targets", "horizon"),
            views=("comparator",),
            try_this="Set it up and find the Reshape in the diagram. Then take one target out.",
            suggestion={**DEMAND, "targets": ("demand_gw", "temperature_c")},
            questions=(
                Number(
                    id="how-wide",
                    prompt="Two columns are forecast, {horizon_text} ahead, from one vector. How many units does the "
                    "Dense below the Reshape need?",
                    answer=measured(
                        "the units below the Reshape",
                        lambda prediction: 2 * prediction.exp.horizon,
                        about="numbers-of-a-label",
                        stage="head",
                    ),
                    unit="units",
                    explanation="{horizon} · 2 = {right}: one for each number of the label. Reshape(({horizon}, 2)) "
                    "puts them on two axes.",
                ),
            ),
        ),
        Step(
            id="which-one",
            title="Which of them forecasts better?",
            controls=("seed", "epochs"),
            views=("train", "errors-by-horizon", "baselines"),
            try_this="Train the encoder–decoder and write its test error beside that of Dense({horizon}).",
            suggestion={**ENCODER_DECODER, **TRAINING},
            questions=(
                Choice(
                    id="who-wins",
                    prompt="Encoder–decoder or one Dense for all steps: which has the smaller error?",
                    options=(
                        Option(
                            "decoder",
                            "The encoder–decoder: it makes one step after the other.",
                            "It does, from the same vector each time. Whether that helps depends on the data, and its "
                            "longer chain of steps is slower to train.",
                        ),
                        Option(
                            "dense",
                            "Dense: fewer layers are easier to train.",
                            "Often, not always. How much more the decoder needs, and whether it repays it, only a "
                            "measurement can say.",
                        ),
                        Option("measure", "That has to be measured, with several seeds."),
                    ),
                    answer=lambda prediction: "measure",
                    explanation="Both can represent a forecast of many steps. Compare their errors on the same test "
                    "windows, and look at several seeds and at the seasonal naive forecast before you choose.",
                ),
            ),
        ),
        Step(
            id="code",
            title="The code so far",
            views=("code-so-far",),
            try_this="Find the line that gives the output its last shape, and say what each of its axes counts.",
        ),
    ),
    recall_questions=(
        Number(
            id="recall-both",
            prompt="A recurrent layer with {units_text} is put into Bidirectional with merge_mode=“concat”. How many "
            "numbers leave it at one timestep?",
            answer=measured(
                "the width of both directions",
                lambda prediction: 2 * units_of(prediction),
                about="width-of-both",
            ),
            unit="numbers",
            explanation="2 · {units} = {right}, side by side. sum, ave and mul would keep {units}.",
        ),
        Choice(
            id="recall-shared",
            prompt="TimeDistributed(Dense(1)) works on 24 timesteps. How many sets of weights does it have?",
            options=(
                Option(
                    "each",
                    "24, one for each timestep.",
                    "That would be Dense(24) on one vector: there each output has weights of its own.",
                ),
                Option(
                    "units",
                    "One for each unit of the layer below.",
                    "Each unit has a weight in Dense(1), but all of them together are one set.",
                ),
                Option("one", "One, used at each timestep."),
            ),
            answer=lambda prediction: "one",
            explanation="One Dense(1) with the same weights at each timestep. Dense(24) on a single vector has 24 "
            "columns of weights.",
        ),
        Choice(
            id="recall-repeat",
            prompt="Encoder, RepeatVector(24), decoder. What does the decoder read at its 5th timestep?",
            options=(
                Option(
                    "fifth",
                    "The 5th row of the window.",
                    "The window ended in the encoder, as one vector.",
                ),
                Option(
                    "own",
                    "Its own forecast of the 4th step, as its newest row.",
                    "Nothing leads its output back to its input here. What it carries on is its state.",
                ),
                Option("same", "The encoder's vector, as at every other timestep."),
            ),
            answer=lambda prediction: "same",
            explanation="RepeatVector gives the same vector at each timestep. What changes from step to step is the "
            "decoder's state.",
        ),
    ),
    exercises=(
        Exercise(name="complete_the_directions", title="Two readings, one output", kind="faded"),
        Exercise(
            name="encoder_decoder",
            title="An encoder–decoder that hands its states over",
            kind="free",
            seconds=30.0,
        ),
        Exercise(
            name="repair_the_horizon", title="Shapes that match by chance", kind="debugging", seconds=30.0
        ),
    ),
    sources=(
        "Schuster & Paliwal (1997), Bidirectional recurrent neural networks",
        "Sutskever, Vinyals & Le (2014), Sequence to sequence learning with neural networks",
        "Keras 3 API: Bidirectional, TimeDistributed, RepeatVector, Reshape; behaviour measured with Keras 3.15.1",
    ),
    summary="Dense with one unit for each step ahead speaks after the whole window; TimeDistributed(Dense(1)) on the "
    "window's outputs speaks at each row, and most of its outputs have not read the rest. RepeatVector makes the axis "
    "of the {horizon} steps ahead anew. Bidirectional reads a known window twice, with twice the weights.",
)
