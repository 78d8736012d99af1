"""How a command says that it did not work."""


class Failure(Exception):
    """A message for the person and the exit code: 1 it did not work, 2 wrong usage."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code
