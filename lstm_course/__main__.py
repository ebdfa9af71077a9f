"""`python -m lstm_course`, also installed as `lstm-course`."""

from lstm_course.cli.main import main

if __name__ == "__main__":
    main()
