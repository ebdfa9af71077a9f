import keras
import numpy as np

rng = np.random.default_rng(0)
from keras.layers import LSTM as Layer
