import numpy as np
from keras import Model, Input
from keras.layers import *
feats = np.random.rand(50, 32); seqs = np.random.randint(1, 80, (50, 10)); nxt = np.eye(80)[np.random.randint(0, 80, 50)]
i1 = Input((32,)); f = Dense(16, activation="relu")(Dropout(0.5)(i1))
i2 = Input((10,)); s = LSTM(16)(Dropout(0.5)(Embedding(80, 12, mask_zero=True)(i2)))
o = Dense(80, activation="softmax")(Dense(16, activation="relu")(add([f, s])))
m = Model([i1, i2], o)
m.compile(loss="categorical_crossentropy", optimizer="adam")
def data(bs=10):
    while True:
        for k in range(0, 50, bs):
            yield (feats[k:k + bs], seqs[k:k + bs]), nxt[k:k + bs]
m.fit(data(), steps_per_epoch=5, epochs=1, verbose=0)
