"""Running the whole system on one machine: `start_in_background` for programs, `Instance` for a process of its own."""
