"""Settings of the tests: the product's own, with a throw-away data folder and fast hashes."""

import atexit
import os
import shutil
import tempfile

os.environ["LAOQU_HOME"] = tempfile.mkdtemp(prefix="laoqu-test-")
atexit.register(shutil.rmtree, os.environ["LAOQU_HOME"], ignore_errors=True)

from laoqu.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
