"""Generated village works and the peers that search them: what the overlap benchmarks share."""
