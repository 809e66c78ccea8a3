"""What installs the kit from an offline bundle; the bundle carries these modules and runs them on a bare Python."""
