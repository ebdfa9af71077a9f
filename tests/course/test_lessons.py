"""Loading, recall, the skeleton of a new lesson, and what the audit says of a broken one."""

from __future__ import annotations

import shutil

import pytest

from lstm_course.authoring import Experiment, predict
from lstm_course.course.audit import audit_lesson
from lstm_course.course.audit_exercises import audit_exercise
from lstm_course.course.lesson import why_unfit
from lstm_course.course.loading import find_lesson, lesson_folders, load_lesson, load_lessons
from lstm_course.course.new_lesson import new_lesson
from lstm_course.course.recall import recall_of
from lstm_course.problems import ProblemError
from lstm_course.resources import content_dir

WINDOWS = find_lesson("windows")


@pytest.fixture
def copy(tmp_path):
    folder = tmp_path / "02_windows"
    shutil.copytree(content_dir("lessons") / "02_windows", folder)
    return folder


def test_a_lesson_is_found_by_its_slug_and_its_number():
    assert find_lesson("2").slug == find_lesson("02").slug == "windows"
    with pytest.raises(ProblemError, match="There is no lesson 'walls'"):
        find_lesson("walls")


def test_loading_fills_in_texts_and_files():
    assert all(step.text for step in WINDOWS.steps)
    assert all(exercise.solution and exercise.hints for exercise in WINDOWS.exercises)
    with pytest.raises(KeyError, match="has no step 'walls'; it has one-window"):
        WINDOWS.step("walls")


def test_loading_leaves_nothing_behind(copy):
    before = sorted(copy.rglob("*"))
    load_lesson(copy)
    assert sorted(copy.rglob("*")) == before


def test_data_that_the_text_does_not_speak_of():
    vowels = predict(Experiment(dataset="japanese_vowels", labels="class", timesteps=29)).facts
    assert why_unfit(WINDOWS, predict(WINDOWS.start).facts) == ""
    assert why_unfit(WINDOWS, vowels).startswith("This lesson speaks of one long series")


def many_lessons(tmp_path, count=6):
    for number in range(count):
        folder = new_lesson(tmp_path, f"lesson-{number}", f"Lesson {number}")
        text = (folder / "lesson.py").read_text()
        asked = ", ".join(
            f'Number(id="{number}-{i}", prompt="?", answer=num_samples(), explanation="e")' for i in range(3)
        )
        text = text.replace("recall_questions=(),", f"recall_questions=({asked}),")
        (folder / "lesson.py").write_text(text)
    load_lessons.cache_clear()
    return load_lessons(tmp_path)


def test_recall_comes_from_one_back_three_back_and_the_first(tmp_path):
    lessons = many_lessons(tmp_path)
    asked = {
        lesson.slug: [question.id for _, question in recall_of(lessons, lesson.slug)] for lesson in lessons
    }
    assert asked["lesson-0"] == []
    assert asked["lesson-1"] == ["0-0", "0-1", "0-2"]
    assert asked["lesson-2"] == ["1-0", "0-1", "0-2"]
    assert asked["lesson-4"] == ["3-0", "1-2", "0-0"]
    assert asked["lesson-5"] == ["4-0", "2-2", "0-1"]


def test_a_new_lesson_loads_and_says_what_to_fill_in(tmp_path):
    folder = new_lesson(tmp_path, "my-own", "My own")
    assert folder.name == "00_my_own"
    assert new_lesson(tmp_path, "another", "Another").name == "01_another"
    problems = audit_lesson(new_lesson(tmp_path, "third", "Third"))
    assert any("recall_questions: 0" in problem for problem in problems)
    assert any("1 wrong_*.py" in problem for problem in problems)
    assert "exercises/repair/explanation.md says FILL IN in 2 place(s); write what belongs there." in problems
    assert audit_exercise(load_lesson(folder).exercises[0]) == []
    assert "FILL IN" in (folder / "lesson.md").read_text()


def test_a_new_lesson_needs_a_slug_of_its_own(tmp_path):
    new_lesson(tmp_path, "my-own", "My own")
    with pytest.raises(ProblemError, match="already; choose another slug"):
        new_lesson(tmp_path, "my-own", "My own")
    with pytest.raises(ProblemError, match="expected small letters"):
        new_lesson(tmp_path, "My Own", "My own")


@pytest.mark.parametrize(
    ("slug", "title", "said"),
    [
        ("00", "Number", "a letter first"),
        ("größe", "Size", "expected small letters"),
        ("a", " ", "title is empty"),
    ],
)
def test_a_name_that_cannot_be_is_refused(tmp_path, slug, title, said):
    with pytest.raises(ProblemError, match=said):
        new_lesson(tmp_path, slug, title)
    assert list(tmp_path.iterdir()) == []


def test_any_title_can_be_read_back(tmp_path):
    title = 'He said "hi" {x} – 日本 \\'
    assert load_lesson(new_lesson(tmp_path, "odd", f"{title}\n")).title == title


def test_no_number_follows_the_last(tmp_path):
    (tmp_path / "99_last").mkdir()
    with pytest.raises(ProblemError, match="no number follows it"):
        new_lesson(tmp_path, "next", "Next")


BREAK = {
    ("lesson.py", 'focus="windowing"', 'focus="cellar"'): "focus='cellar' is no stage",
    ("lesson.py", 'views=("split",', 'views=("splits",'): "there is no view 'splits'",
    ("lesson.py", 'controls=("lags",', 'controls=("lag",'): "there is no control 'lag'",
    ("lesson.py", "minutes=25", "minutes=90"): "a lesson takes 10 to 25 minutes",
    (
        "lesson.py",
        "from lstm_course.authoring",
        "import os\nfrom lstm_course.authoring",
    ): "lesson.py imports os",
    ("lesson.py", 'views=("code-so-far",)', 'views=("series",)'): 'does not show the view "code-so-far"',
    ("lesson.py", '"air_passengers", "electricity"', '"air_passenger",'): "did you mean 'air_passengers'",
    ("lesson.py", 'lambda prediction: "nothing"', 'lambda prediction: "none"'): "is the key of no option",
    ("lesson.py", 'about="windows-of-a-row"', 'about="rows"'): "name those of 'rows'",
    ("lesson.py", 'prediction: "nothing"', 'prediction: "half"'): "The first option is the right one in",
    ("lesson.py", 'kind="free"', 'kind="faded"'): "one faded, one free and one debugging",
    ("lesson.py", "number=2", "number=3"): "do not agree; rename one",
    ("lesson.py", '{"border": "reach-back"}', '{"border": "wide"}'): "suggestion: border='wide'",
    ("lesson.md", "{num_windows}", "{number_windows}"): "there is no number {number_windows}",
    ("lesson.md", "]{batch}", "]{batches}"): "names no axis",
    ("lesson.md", "## gap", "## gaps"): "Give each step one '## step-id'",
    ("lesson.md", "The first window begins", "word " * 60 + "The first window begins"): "words; at most 120",
    ("exercises/complete_the_count/starter.py", "____", "0"): "marks the gap with ____",
    (
        "exercises/complete_the_count/explanation.md",
        "## Another way",
        "## Else",
    ): "no heading '## Another way'",
    (
        "exercises/complete_the_count/hints.md",
        "## The line",
        "## Empty\n\n## The line",
    ): "the hint 'Empty' is empty",
    ("exercises/complete_the_count/check.py", "from coll", "import os\nfrom coll"): "check.py imports os",
    (
        "exercises/complete_the_count/wrong_prints.py",
        "# earns:",
        "# gets:",
    ): "must name the message that it earns",
}


@pytest.mark.parametrize(("place", "said"), BREAK.items(), ids=range(len(BREAK)))
def test_the_audit_says_what_to_do(copy, place, said):
    file, old, new = place
    path = copy / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    assert said in " ".join(audit_lesson(copy))


def test_stray_and_missing_files(copy):
    (copy / "notes.txt").write_text("")
    (copy / "exercises" / "old").mkdir()
    (copy / "exercises" / "windows_by_hand" / "backup.py").write_text("")
    said = " ".join(audit_lesson(copy))
    assert "notes.txt is a stray file" in said
    assert "exercises/old is in no exercises" in said
    assert "backup.py is a stray file" in said
    (copy / "lesson.md").unlink()
    assert audit_lesson(copy) == [f"{copy / 'lesson.md'} is missing; write it."]


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        (
            "starter.py",
            "def num_windows(num_rows, timesteps, horizon, stride):\n    return num_windows\n",
            "",
        ),
        ("solution.py", "def num_windows(*args):\n    return 1\n", "solution.py gets “wrong”"),
        ("wrong_prints.py", "# earns: hard-coded\nprint(1)\n", "wrong_prints.py should earn 'hard-coded'"),
    ],
)
def test_programs_that_get_what_they_should_not(copy, file, content, said):
    (copy / "exercises" / "complete_the_count" / file).write_text(content)
    problems = audit_exercise(load_lesson(copy).exercise("complete_the_count"))
    assert said in " ".join(problems)


def test_a_starter_that_is_right_is_a_problem(copy):
    folder = copy / "exercises" / "complete_the_count"
    (folder / "starter.py").write_text((folder / "solution.py").read_text())
    problems = audit_exercise(load_lesson(copy).exercise("complete_the_count"))
    assert any("starter.py gets “right”" in problem for problem in problems)


def test_only_folders_with_a_number_are_lessons(tmp_path):
    (tmp_path / "drafts").mkdir()
    (tmp_path / "05_x").mkdir()
    assert [folder.name for folder in lesson_folders(tmp_path)] == ["05_x"]
