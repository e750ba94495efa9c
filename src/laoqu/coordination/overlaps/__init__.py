"""避免重复建设: overlaps of needs, projects and money, found early, explained, decided."""
