"""The flash's screens without any drawing library: what is going on, in lines and words."""
