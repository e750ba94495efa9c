"""The nouns that all engines share: money, numbers, periods, places, bodies."""
