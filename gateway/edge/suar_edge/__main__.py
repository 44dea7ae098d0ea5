"""`python -m suar_edge`: write the edge's nginx configuration, and run nginx on it with --run."""

from suar_edge.cli import main

if __name__ == "__main__":
    main()
