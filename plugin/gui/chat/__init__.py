"""The conversation as widgets: questions, answers, result cards. They show and signal; they decide nothing."""
