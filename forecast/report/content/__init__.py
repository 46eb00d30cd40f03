"""What a report says, in blocks that every format writes."""
