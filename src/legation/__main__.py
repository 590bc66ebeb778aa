"""`python -m legation` is `legation`."""

from legation.cli import main

# Workers started by "spawn" import this file again and must not run the command again.
if __name__ == "__main__":
    main()
