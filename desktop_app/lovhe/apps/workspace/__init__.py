"""A group at work, without a screen: who is here, which lesson and step, what was typed, what runs and what was judged."""
