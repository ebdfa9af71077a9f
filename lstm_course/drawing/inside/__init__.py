"""The views inside the whole: a layer, a cell, one number; and what the player in the browser needs for them.

`choose` a place in a `network_trace`, then draw it with `layer_view`, `cell_view` or `number_view`.
"""

from lstm_course.drawing.inside.cell_view import cell_view
from lstm_course.drawing.inside.chosen import Chosen, choose
from lstm_course.drawing.inside.layer_view import layer_view
from lstm_course.drawing.inside.number_view import number_view
from lstm_course.drawing.inside.origin import Origin, origin_of
from lstm_course.drawing.inside.page import player_css, player_js, standalone_html
from lstm_course.drawing.inside.player_data import player_data, whole_data
from lstm_course.drawing.inside.trace import LayerTrace, NetworkTrace, carried_states, network_trace
from lstm_course.drawing.inside.view import InsideView

__all__ = [
    "Chosen",
    "InsideView",
    "LayerTrace",
    "NetworkTrace",
    "Origin",
    "carried_states",
    "cell_view",
    "choose",
    "layer_view",
    "network_trace",
    "number_view",
    "origin_of",
    "player_css",
    "player_data",
    "player_js",
    "standalone_html",
    "whole_data",
]
