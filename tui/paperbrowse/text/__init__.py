"""Text from strangers: made safe, folded for comparison, its names split, its LaTeX rendered."""
