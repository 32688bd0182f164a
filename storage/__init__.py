"""What the desk remembers: one noun, one file."""
