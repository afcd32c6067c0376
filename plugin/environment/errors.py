"""What can go wrong while packages are installed. Sentences are English; the plugin translates around them."""


class InstallError(Exception):
    """Nothing was installed. ``message``: what happened and the next step; ``details``: the tool's last lines."""

    def __init__(self, message: str, details: str = "") -> None:
        super().__init__(message)
        self.message, self.details = message, details


class InstallCancelled(InstallError):
    """The user stopped the installation; what had been downloaded so far was removed."""

    def __init__(self) -> None:
        super().__init__("The installation was cancelled. Nothing was changed.")
