"""Keras recurrent networks explained by one diagram, read from bottom to top."""
