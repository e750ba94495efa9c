"""Tests of overlaps."""
