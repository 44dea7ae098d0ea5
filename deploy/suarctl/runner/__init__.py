"""Running the whole system on one machine: `start_in_background` for programs, `Instance` for a process of its own."""

from suarctl.runner.background import Running, start_in_background
from suarctl.runner.errors import RunnerError
from suarctl.runner.folder import DataFolder, default_folder
from suarctl.runner.options import Options

__all__ = ["DataFolder", "Options", "RunnerError", "Running", "default_folder", "start_in_background"]
