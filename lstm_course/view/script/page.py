"""The script that Streamlit runs for every turn of every visitor.

Work that takes time runs in child processes, and those read their parent's main script again: without the
guard every training would draw the page a second time.
"""

from lstm_course.view.app import main

if __name__ == "__main__":
    main()
