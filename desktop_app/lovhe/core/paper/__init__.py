"""Sheets to be printed: what stands where on them."""
