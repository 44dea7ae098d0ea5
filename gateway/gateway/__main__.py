"""`python -m gateway …`: what an operator or an entrypoint does around identity and the edge."""

from gateway.cli import main

if __name__ == "__main__":
    main()
