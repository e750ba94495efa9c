"""The one error that the command line shows to a person."""


class Refusal(Exception):
    """A command cannot go on. The message is one Chinese sentence that says what to do next."""
