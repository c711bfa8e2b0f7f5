"""What the commands of `ristretto` do; `bot.cli` only reads their options."""
