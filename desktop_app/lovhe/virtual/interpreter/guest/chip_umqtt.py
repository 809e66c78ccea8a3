# The package `umqtt`.

__path__ = ".frozen/umqtt"
