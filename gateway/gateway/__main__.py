"""`python -m gateway …`: what an operator or an entrypoint does around identity."""

from gateway.cli import main

if __name__ == "__main__":
    main()
