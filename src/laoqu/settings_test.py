"""Settings of the tests: the product's own, with a throw-away data folder and fast hashes."""

import os
import tempfile

_folder = tempfile.TemporaryDirectory(prefix="laoqu-test-", ignore_cleanup_errors=True)
os.environ["LAOQU_HOME"] = _folder.name

from laoqu.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
