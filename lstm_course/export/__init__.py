"""Write an experiment as plain pandas, NumPy and Keras: a script, a notebook, the code so far."""

from lstm_course.export.notebook import export_notebook
from lstm_course.export.script import code_up_to, export_script, rows_as_csv
from lstm_course.export.sections import Section

__all__ = ["Section", "code_up_to", "export_notebook", "export_script", "rows_as_csv"]
