"""Tests of allocation rounds."""
