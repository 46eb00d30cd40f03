"""What is said to readers: two languages, notes in neither, how many digits mean anything."""
