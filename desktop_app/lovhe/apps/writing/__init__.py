"""A curriculum writer at work, without a screen: which lessons, what is to be mended in them, what their checks are worth."""
