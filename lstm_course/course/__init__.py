"""The course: lessons, questions, exercises, drills and progress, without a page to show them on."""
