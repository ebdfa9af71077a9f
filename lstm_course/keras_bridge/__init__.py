"""The only room that imports keras: build, observe, train and read back the experiment's model."""
