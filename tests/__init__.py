"""Tests across areas, and what all tests share."""
