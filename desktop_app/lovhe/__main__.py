"""`python -m lovhe` is `lovhe`."""

import sys

from lovhe.apps.cli.main import main

sys.exit(main())
