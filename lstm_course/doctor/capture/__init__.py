"""Run a program, or look at a live model, and note what it builds and calls; the only part that needs Keras."""
