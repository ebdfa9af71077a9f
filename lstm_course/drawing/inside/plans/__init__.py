"""One drawing for each kind of cell. A new cell is a new file that registers itself, imported below."""

from lstm_course.drawing.inside.plans import gru, lstm, simple_rnn

__all__ = ["gru", "lstm", "simple_rnn"]
