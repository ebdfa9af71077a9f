# earns: not-by-hand
from lstm_course.cells import recurrent_layer


def lstm(X, kernel, recurrent_kernel, bias):
    """Return h after the last timestep, of shape (samples, units)."""
    return recurrent_layer("LSTM", X, [kernel, recurrent_kernel, bias]).last_output
