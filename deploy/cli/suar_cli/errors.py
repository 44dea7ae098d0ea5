"""Errors that end a command with an exit code of their own and a sentence that names the remedy.

RunnerError
├── FolderInUse          another runner holds the data folder
├── FolderForeign        the folder holds something that is not ours
├── FolderDamaged        the folder's state cannot be read
├── FolderUnreachable    the user of the database cannot enter the folder
├── PortTaken            somebody listens there already
├── ProgramMissing       no nginx or PostgreSQL that can be used
├── DatabaseRefused      PostgreSQL did not start, or a given server refused us
├── BusRefused           the given broker does not answer
└── StartFailed          a process of ours did not become ready
"""


class RunnerError(Exception):
    """A state that the operator can mend; `str(error)` is the Indonesian sentence, `exit_code` the command's result."""

    exit_code: int = 1


class FolderInUse(RunnerError):
    exit_code = 4


class FolderForeign(RunnerError):
    exit_code = 4


class FolderDamaged(RunnerError):
    exit_code = 4


class FolderUnreachable(RunnerError):
    exit_code = 4


class PortTaken(RunnerError):
    exit_code = 5


class ProgramMissing(RunnerError):
    exit_code = 6


class DatabaseRefused(RunnerError):
    exit_code = 7


class BusRefused(RunnerError):
    exit_code = 8


class StartFailed(RunnerError):
    exit_code = 9

    def __init__(self, sentence: str, exit_code: int = exit_code) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code
