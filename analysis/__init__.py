"""Below the Line."""
