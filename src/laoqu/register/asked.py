"""What an address or a form says, read without trusting it."""

LONGEST = 18
"""So many digits every database can compare with its keys."""


def whole_number(said: object) -> int | None:
    """The number that plain digits write, e.g. "2024"; None for anything else."""
    text = str(said)
    plain = text.isascii() and text.isdecimal() and len(text) <= LONGEST
    return int(text) if plain else None
