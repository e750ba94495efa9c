"""The pages of a round, from choosing to the comparison with what was done."""
