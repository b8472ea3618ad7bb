"""``python -m bowiegraph`` is ``bowiegraph``."""

from bowiegraph.cli import main

if __name__ == "__main__":
    main()
