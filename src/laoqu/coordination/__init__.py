"""What the association does across registers: overlaps found and decided, money allocated."""
