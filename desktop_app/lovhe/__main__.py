"""`python -m lovhe` is `lovhe`."""

import sys

from lovhe.apps.entry import main

sys.exit(main())
