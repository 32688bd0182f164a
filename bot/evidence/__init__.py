"""Evidence: what people send is checked, stripped and kept, or read and forgotten, before the turn begins."""
