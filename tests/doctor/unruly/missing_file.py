import numpy as np
rows = np.loadtxt("no_such_file.csv")
