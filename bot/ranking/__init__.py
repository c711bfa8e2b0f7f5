"""Who knows what: from the words of a question to people in order, by plain arithmetic over rows the asker may see."""
