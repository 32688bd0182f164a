"""A Bot API for tests that refuses what Telegram refuses; what of its rules is known from where stands in each file."""
