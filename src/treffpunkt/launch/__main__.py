"""`python -m treffpunkt.launch` is the command `treffpunkt`."""

import sys

from treffpunkt.launch.cli import main

sys.exit(main())
