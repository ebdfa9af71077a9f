from lstm_course.authoring import (
    LSTM,
    Choice,
    Exercise,
    Experiment,
    Lesson,
    Number,
    Option,
    Order,
    SimpleRNN,
    Step,
    measured,
    parameters_of,
    rows_of,
    supposed,
)


def first_layer(prediction):
    """The lowest recurrent layer with its shapes; None where it is not reached."""
    stage = prediction.stage("recurrent-layer-1")
    return stage.layers[-1] if stage and stage.layers else None


def products_of_a_sum(prediction):
    layer = first_layer(prediction)
    return layer.input.last + prediction.exp.recurrent_layers[0].units if layer else None


def joined_columns(prediction):
    layer = first_layer(prediction)
    return layer.weights[0].shape[-1] if layer else None  # the kernel comes first, of each direction


def timesteps_until(share, kept):
    """Timesteps after which less than a share is left when each of them keeps a part."""
    left, steps = 1.0, 0
    while left >= share:
        left, steps = left * kept, steps + 1
    return steps


def simple_rnn_instead(prediction):
    return {"layers": (SimpleRNN(prediction.exp.recurrent_layers[0].units),), "head": None}


LONG = {
    **rows_of("sunspots"),
    "lags": "timesteps",
    "timesteps": 48,
    "layers": (LSTM(16),),
    "head": None,
    "loss": None,
}

LESSON = Lesson(
    slug="inside-a-cell",
    number=4,
    title="Inside a cell",
    question="What does one cell do at one timestep?",
    minutes=25,
    datasets=("sunspots",),
    removes=("units is the number of timesteps",),
    start=Experiment(dataset="sunspots", timesteps=12, layers=(LSTM(4),)),
    steps=(
        Step(
            id="one-timestep",
            title="One timestep",
            focus="recurrent-layer-1",
            depth="cell",
            controls=("cell", "units", "timesteps"),
            views=("units-over-time",),
            try_this="Choose another timestep in the diagram: the drawing stays, its numbers change.",
            questions=(
                Choice(
                    id="what-units-count",
                    prompt="The layer has {units_text}, the window {timesteps_text}. What do the units count?",
                    options=(
                        Option(
                            "timesteps",
                            "How many timesteps the layer can read.",
                            "It reads as many as the window has, {timesteps}, one after the other. The units say how "
                            "many numbers it hands on from each to the next.",
                        ),
                        Option("width", "How many numbers h has at each timestep."),
                        Option(
                            "cells",
                            "How many cells stand in a row, each handing on to the next.",
                            "There is one cell, applied at every timestep. Drawings that show it several times show "
                            "timesteps; the units are the numbers inside its vectors.",
                        ),
                        Option(
                            "gates",
                            "How many gates the cell has.",
                            "The kind of cell decides on the gates. Each gate is a vector with {units} numbers.",
                        ),
                    ),
                    answer=lambda prediction: "width",
                    explanation="h is a vector with one number for each of the {units_text}, at every one of the "
                    "{timesteps_text}. You choose the two sizes independently of each other.",
                ),
            ),
        ),
        Step(
            id="gates",
            title="Gates",
            focus="recurrent-layer-1",
            depth="cell",
            controls=("cell", "units", "recurrent_activation"),
            views=("gates-over-time",),
            try_this="Go through the units, and find one whose gates move over the window.",
            questions=(
                Choice(
                    id="closed-gates",
                    prompt="Which of the four can never be negative, whatever the weights are? "
                    "(With Keras's default activations.)",
                    options=(
                        Option(
                            "all",
                            "All four.",
                            "The candidate is a tanh, between −1 and 1: it has to be able to lower the memory too.",
                        ),
                        Option("three", "i, f and o."),
                        Option(
                            "two",
                            "i and f only.",
                            "o is a gate like these two: a sigmoid, and so between 0 and 1.",
                        ),
                        Option(
                            "candidate",
                            "c̃ only.",
                            "It is the other way round: c̃ is a tanh and can be negative, the three gates cannot.",
                        ),
                    ),
                    answer=lambda prediction: "three",
                    explanation="The three gates are sigmoids: factors between 0 and 1. The candidate is a tanh; it "
                    "is a value, not a factor.",
                ),
            ),
        ),
        Step(
            id="memory",
            title="The memory c",
            focus="recurrent-layer-1",
            depth="cell",
            controls=("units", "timesteps"),
            views=("gates-over-time",),
            try_this="Find the timestep at which c changes most. What do i, f and the candidate say there?",
            questions=(
                Choice(
                    id="keep",
                    prompt="At some timestep, f = 1 and i = 0 for a unit. What is its c after this timestep?",
                    options=(
                        Option(
                            "candidate",
                            "The candidate.",
                            "That takes f = 0 and i = 1. With i = 0 nothing of the candidate gets in.",
                        ),
                        Option(
                            "zero",
                            "0.",
                            "That takes f = 0 too. f says what is kept, not what is thrown away: f = 1 keeps all.",
                        ),
                        Option(
                            "sum",
                            "The old c plus the candidate.",
                            "That takes i = 1 as well. With i = 0 the candidate is multiplied by 0.",
                        ),
                        Option("same", "What it was before."),
                    ),
                    answer=lambda prediction: "same",
                    explanation="1 · c + 0 · c̃ = c. The name is misleading: a forget gate of 1 forgets nothing.",
                ),
                Choice(
                    id="beyond-one",
                    prompt="Which of these can become larger than 1, over several timesteps?",
                    options=(
                        Option("c", "c"),
                        Option(
                            "h",
                            "h",
                            "h is o · tanh(c): a factor up to 1, times a tanh, which stays between −1 and 1.",
                        ),
                        Option(
                            "f",
                            "f",
                            "f is a sigmoid, between 0 and 1. A memory is never multiplied by more than 1.",
                        ),
                        Option(
                            "none", "None of them.", "With f near 1, c adds up what i lets in, step by step."
                        ),
                    ),
                    answer=lambda prediction: "c",
                    explanation="c has no function around it. With f and i near 1 it grows by up to 1 at each "
                    "timestep, "
                    "so it can count. Only what is shown of it, h, goes through tanh.",
                ),
            ),
        ),
        Step(
            id="output",
            title="The output h",
            focus="recurrent-layer-1",
            depth="cell",
            controls=("units", "activation"),
            views=("gates-over-time",),
            try_this="Follow h in the diagram: find both places that it goes to.",
            questions=(
                Choice(
                    id="closed-output",
                    prompt="A unit has c = 2 and o = 0 at this timestep. What becomes of the 2?",
                    options=(
                        Option(
                            "lost",
                            "It is lost: h = 0 is all that goes on.",
                            "h = 0 is all that is shown. But c goes to the next timestep beside h, and is still 2.",
                        ),
                        Option("hidden", "It stays in c and can be shown later."),
                        Option(
                            "shown",
                            "It leaves upwards, as c.",
                            "c does not leave the layer upwards. What leaves is h, and h = 0 · tanh(2) = 0.",
                        ),
                    ),
                    answer=lambda prediction: "hidden",
                    explanation="The output gate decides what is shown, not what is kept. At the next timestep f "
                    "decides "
                    "about the 2, and o, worked out anew, may show it.",
                ),
                Order(
                    id="order-of-a-step",
                    prompt="In which order must the values of one timestep be worked out?",
                    items=(
                        Option("h", "h"),
                        Option("sums", "the four sums z"),
                        Option("c", "c"),
                        Option("gates", "i, f, o and the candidate"),
                    ),
                    answer=lambda prediction: ("sums", "gates", "c", "h"),
                    explanation="Sums, then the functions of the sums, then the new memory, and at last h, which "
                    "needs the new memory. The four sums all use the h of the timestep before.",
                ),
            ),
        ),
        Step(
            id="one-number",
            title="Where one number comes from",
            focus="recurrent-layer-1",
            depth="cell",
            controls=("units", "features"),
            views=("cell-arithmetic",),
            try_this="Choose the line of z_f in the diagram: it opens as a sum. Find that sum under “Quantity” too, "
            "and check one product by hand.",
            questions=(
                Number(
                    id="products",
                    prompt="Your layer has {units_text}, and one sample has the shape {window_shape}: each timestep "
                    "brings what lies on the last axis. How many products are added up in the sum z of one gate of "
                    "one unit, the bias not counted?",
                    answer=measured(
                        "the products in one sum",
                        products_of_a_sum,
                        about="sum-products",
                        stage="recurrent-layer-1",
                    ),
                    unit="products",
                    explanation="One for each number of x, and one for each of the {units} numbers of the last h. The "
                    "other gates have sums of their own; earlier timesteps are present in h only.",
                ),
            ),
        ),
        Step(
            id="kernels",
            title="Joined kernels",
            focus="recurrent-layer-1",
            depth="cell",
            controls=("units", "features", "cell"),
            views=("kernels",),
            try_this="Compare the shapes of one gate's blocks with those of the joined arrays.",
            questions=(
                Choice(
                    id="which-columns",
                    prompt="An LSTM of {units_text}. Which columns of the joined kernel belong to the forget gate?",
                    options=(
                        Option(
                            "first",
                            "The first block of {units} columns.",
                            "That is i, the input gate. Keras's order is i, f, c, o.",
                        ),
                        Option("second", "The second block of {units} columns."),
                        Option(
                            "third",
                            "The third block of {units} columns.",
                            "That is the candidate, c. TensorFlow 1 had the forget gate there; Keras's order is "
                            "i, f, c, o.",
                        ),
                        Option(
                            "every-fourth",
                            "Every fourth column.",
                            "The columns of one gate stand together: first all of i, then all of f, and so on.",
                        ),
                    ),
                    answer=lambda prediction: "second",
                    explanation="Keras's order is i, f, c, o: block after block, each as wide as the layer has units.",
                ),
                Number(
                    id="joined-width",
                    prompt="How many columns does the joined kernel of your {layer} have?",
                    answer=measured(
                        "the columns of the joined kernel",
                        joined_columns,
                        about="joined-columns",
                        stage="recurrent-layer-1",
                    ),
                    unit="columns",
                    explanation="{num_gates} blocks side by side, each {units} columns wide.",
                ),
            ),
        ),
        Step(
            id="parameters",
            title="Counting parameters",
            focus="recurrent-layer-1",
            controls=("units", "timesteps", "features"),
            views=("parameters",),
            try_this="Change timesteps, then units. Which of the two changes the count?",
            questions=(
                Number(
                    id="count-parameters",
                    prompt="Your {layer} has {units_text}, and one sample has the shape {window_shape}. How many "
                    "parameters does the layer have?",
                    answer=parameters_of("recurrent-layer-1"),
                    unit="parameters",
                    explanation="{parameter_formula}.",
                ),
            ),
        ),
        Step(
            id="forget-bias",
            title="Why the forget bias starts at 1",
            focus="recurrent-layer-1",
            depth="cell",
            controls=("unit_forget_bias", "units"),
            views=("gates-over-time",),
            try_this="Switch unit_forget_bias off and on, and read f of an untrained network each time.",
            questions=(
                Number(
                    id="half-life",
                    prompt="Suppose f = 0.5 at every timestep, and nothing new is let in. After how many timesteps "
                    "is, "
                    "for the first time, less than a thousandth of the memory left?",
                    answer=measured(
                        "the timesteps until a thousandth is left",
                        lambda prediction: timesteps_until(0.001, 0.5),
                        about="halved-memory",
                    ),
                    unit="timesteps",
                    explanation="0.5 to the power of 10 is 1/1024; after 9 timesteps it was 1/512.",
                ),
            ),
        ),
        Step(
            id="after-training",
            title="The gates of a trained network",
            focus="recurrent-layer-1",
            depth="cell",
            controls=("epochs", "units", "seed"),
            views=("train", "gates-over-time"),
            try_this="Train, then compare the same unit of two different windows.",
            questions=(
                Choice(
                    id="same-gates",
                    prompt="After training the weights stand still. Two different windows go through the network. Are "
                    "the values of a gate the same in both?",
                    options=(
                        Option("differ", "No, in general they differ."),
                        Option(
                            "same",
                            "Yes: a trained gate has learned its value.",
                            "What is learned are the weights. The gate's value is worked out from x and h at each "
                            "timestep, so it depends on the window.",
                        ),
                        Option(
                            "random",
                            "They differ because gates are drawn at random.",
                            "Nothing is drawn when the network forecasts. They differ because x and h do.",
                        ),
                    ),
                    answer=lambda prediction: "differ",
                    explanation="Weights are learned; a gate is computed with them, from the data. That is what makes "
                    "it a gate and not a constant.",
                ),
            ),
        ),
        Step(
            id="numpy-and-keras",
            title="By hand, and Keras",
            focus="recurrent-layer-1",
            depth="cell",
            controls=("units", "timesteps"),
            try_this="Find in the code the line for each equation that stands below the diagram.",
            questions=(
                Choice(
                    id="loop-variables",
                    prompt="In the loop, what would go wrong if h were set to zeros before each row?",
                    options=(
                        Option(
                            "nothing",
                            "Nothing: h is worked out anew anyway.",
                            "It is, and from the h before. With zeros there, the recurrent kernel is multiplied by 0 "
                            "at every timestep.",
                        ),
                        Option("deaf", "The gates would no longer depend on earlier timesteps."),
                        Option(
                            "forget",
                            "c would be lost.",
                            "c is a variable of its own and is carried on. It is the gates that would no longer know "
                            "about the timesteps before.",
                        ),
                    ),
                    answer=lambda prediction: "deaf",
                    explanation="The four sums would see x alone. c would still add up what is let in, but what is "
                    "let "
                    "in could not depend on what came before.",
                ),
            ),
        ),
        Step(
            id="simple-rnn",
            title="A cell without gates",
            focus="recurrent-layer-1",
            depth="cell",
            controls=("cell", "units"),
            views=("parameters",),
            try_this="Choose SimpleRNN, and look at what is left of the drawing.",
            questions=(
                Number(
                    id="simple-count",
                    prompt="How many parameters would a SimpleRNN with the same {units_text} have in the place of "
                    "your "
                    "first recurrent layer?",
                    answer=supposed(parameters_of("recurrent-layer-1"), simple_rnn_instead),
                    unit="parameters",
                    explanation="It has one block, units × (features + units) + units. An LSTM has four such blocks.",
                ),
            ),
        ),
        Step(
            id="gradient",
            title="How far back the gradient reaches",
            focus="recurrent-layer-1",
            controls=("cell", "timesteps", "seed"),
            views=("gradient-over-lags",),
            try_this="Set it up, change the seed several times, and note which curve ends lowest each time.",
            suggestion=LONG,
            questions=(
                Choice(
                    id="product-of-factors",
                    prompt="A gradient is multiplied by about 0.73 at each timestep on its way back. What is left "
                    "of it after 48 timesteps?",
                    options=(
                        Option(
                            "third",
                            "About a third.",
                            "That is left after 3 or 4 timesteps: 0.73 to the power of 4 is 0.28.",
                        ),
                        Option(
                            "hundredth",
                            "About a hundredth.",
                            "That is left after about 15 timesteps. The factors multiply, so the size falls by the "
                            "same ratio over and over.",
                        ),
                        Option("millionth", "Less than a millionth."),
                    ),
                    answer=lambda prediction: "millionth" if 0.73**48 < 1e-6 else None,
                    explanation="0.73 to the power of 48 is about 0.0000003. On the chart's logarithmic axis a "
                    "constant "
                    "factor per timestep is a straight line.",
                ),
            ),
        ),
        Step(
            id="fresh-gates",
            title="Before and after training",
            focus="recurrent-layer-1",
            controls=("epochs", "seed"),
            views=("train", "gradient-over-lags"),
            try_this="Set it up, note where the curve of your own cell ends, train, and compare.",
            suggestion=LONG,
            questions=(
                Choice(
                    id="fades-first",
                    prompt="An untrained LSTM passes less gradient over 48 timesteps than an untrained SimpleRNN. "
                    "What "
                    "follows for the two after training?",
                    options=(
                        Option(
                            "worse",
                            "The LSTM will remember less.",
                            "The curve belongs to the weights of the moment. Training changes f, and with f near 1 "
                            "the "
                            "direct way back along c loses nothing.",
                        ),
                        Option(
                            "better",
                            "The LSTM will remember more: that is what gates are for.",
                            "Gates make it possible, they do not make it sure. Whether f moves towards 1 depends on "
                            "the data, the loss and the training.",
                        ),
                        Option("open", "Nothing yet: training can move f towards 1."),
                    ),
                    answer=lambda prediction: "open",
                    explanation="The measurement speaks of one set of weights. Measure again after training; either "
                    "outcome is possible.",
                ),
            ),
        ),
        Step(
            id="code",
            title="The code so far",
            views=("code-so-far",),
            try_this="Run the program, and print `model.layers[0].get_weights()` behind it.",
        ),
    ),
    recall_questions=(
        Choice(
            id="recall-units",
            prompt="A layer has {units_text}, its window {timesteps_text}. You double the timesteps. What happens to "
            "the "
            "number of its parameters?",
            options=(
                Option(
                    "double",
                    "It doubles.",
                    "The same weights serve every timestep; more timesteps only use them more often.",
                ),
                Option(
                    "four",
                    "It is four times as large.",
                    "That happens about when the units double, because of units × units. Timesteps do not occur in "
                    "the count.",
                ),
                Option("same", "It stays the same."),
            ),
            answer=lambda prediction: "same" if prediction.exp.lags == "timesteps" else None,
            explanation="{parameter_formula}: features and units occur in it, timesteps do not.",
        ),
        Number(
            id="recall-parameters",
            prompt="How many parameters does your lowest recurrent layer have: {layer} with {units_text}?",
            answer=parameters_of("recurrent-layer-1"),
            unit="parameters",
            explanation="{parameter_formula}.",
        ),
        Choice(
            id="recall-forget",
            prompt="In an LSTM, f = 1 and i = 1 for a unit at one timestep. What is its new c?",
            options=(
                Option("sum", "The old c plus the candidate."),
                Option(
                    "candidate",
                    "The candidate.",
                    "That takes f = 0. A forget gate of 1 keeps all of the old c.",
                ),
                Option(
                    "mean",
                    "The mean of the two.",
                    "f and i are independent factors; they need not add up to 1. In a GRU, the two shares do.",
                ),
            ),
            answer=lambda prediction: "sum",
            explanation="c = f · c + i · c̃ = c + c̃. This is how an LSTM adds up.",
        ),
    ),
    exercises=(
        Exercise(name="complete_the_cell", title="The line of the memory", kind="faded"),
        Exercise(name="write_the_step", title="An LSTM in NumPy", kind="free"),
        Exercise(name="repair_the_port", title="Gates from an old program", kind="debugging"),
    ),
    sources=(
        "S. Hochreiter and J. Schmidhuber (1997), Long Short-Term Memory",
        "F. Gers, J. Schmidhuber and F. Cummins (2000), Learning to Forget: Continual Prediction with LSTM",
        "R. Jozefowicz, W. Zaremba and I. Sutskever (2015), An Empirical Exploration of Recurrent Network "
        "Architectures "
        "(the forget bias of 1)",
        "Y. Bengio, P. Simard and P. Frasconi (1994), Learning Long-Term Dependencies with Gradient Descent is "
        "Difficult",
        "Keras 3 source: keras.layers.LSTMCell.call",
    ),
    summary="At each timestep the cell turns x and its last h into three gates and a candidate; c = f · c + i · c̃ "
    "is kept "
    "inside, h = o · tanh(c) is shown. Units are the width of these vectors, whatever the number of timesteps. Your "
    "{layer} has {layer_parameters} parameters: {parameter_formula}.",
)
