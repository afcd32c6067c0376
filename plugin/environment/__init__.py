"""The Python packages Terralogue needs: installed into a folder of their own, appended to ``sys.path``, never mixed.

Standard library only, and it never imports a package it manages into this process. Used by the plugin, by
``make setup`` and on clusters alike::

    activation = activate("core")            # any thread; quick
    if not activation.ok:                    # nothing is installed unasked
        install(("core",), progress, cancelled, log)   # a worker thread; minutes
"""

from .activation import Activation, activate
from .errors import InstallCancelled, InstallError
from .estimate import Estimate, estimate
from .groups import GROUPS, Group
from .installation import install, remove
from .paths import data_folder, sites_folder
from .status import PackageStatus, status

__all__ = [
    "GROUPS",
    "Activation",
    "Estimate",
    "Group",
    "InstallCancelled",
    "InstallError",
    "PackageStatus",
    "activate",
    "data_folder",
    "estimate",
    "install",
    "remove",
    "sites_folder",
    "status",
]
