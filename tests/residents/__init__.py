"""Residents at the desk: looking up, proving a phone, following what they reported."""
