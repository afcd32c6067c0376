"""The voice of the chat: the decoder writes, code fills every figure, and no sentence is said that the facts contradict."""
