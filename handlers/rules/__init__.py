"""The letters' policy as pure functions: standard library only, no clock, no SQL, no words for people."""
