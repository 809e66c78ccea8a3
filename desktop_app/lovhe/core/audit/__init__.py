"""What a teacher has changed by hand, so that nobody changes it afterwards without it being noticed."""
