"""Signing: at 16:00 a site sees the day's unsigned doses and ticks what it signed; what is left goes to who must sign."""
