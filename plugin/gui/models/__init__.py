"""The window of models: which are known, which are here, how they come and go, and what each is used for."""
