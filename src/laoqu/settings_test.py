"""Settings of the tests: the product's own, with a throw-away data folder and fast password hashes."""

import os
import tempfile

os.environ.setdefault("LAOQU_HOME", tempfile.mkdtemp(prefix="laoqu-test-"))

from laoqu.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
