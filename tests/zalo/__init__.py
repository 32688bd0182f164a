"""A Zalo Official Account for tests that refuses what Zalo refuses; what of its rules is known stands in each file."""
