# The chip's `urequests`: the old name of `requests`.

from requests import Response, delete, get, head, patch, post, put, request
