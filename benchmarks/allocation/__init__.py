"""Invented problems of the allocation engine, and the solvers it is measured beside."""
