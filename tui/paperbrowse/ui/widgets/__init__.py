"""The panes and lines that the screens are made of; each sends messages up and reads no other."""
