"""What goes into a person's digest, and when it is due: pure arithmetic over rows that the store read."""
