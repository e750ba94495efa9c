"""Tests of the register framework."""
