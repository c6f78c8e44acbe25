"""`python -m filmgate` is the command `filmgate`."""

from filmgate.cli.main import main

if __name__ == "__main__":
    main()
