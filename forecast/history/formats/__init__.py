"""Publishers' files: one file a publisher, each recognised by the head of its table."""
