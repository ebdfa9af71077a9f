from __future__ import annotations

from lstm_course.drawing.inside import standalone_html


def test_a_page_of_its_own_needs_nothing_else() -> None:
    page = standalone_html("<svg></svg>", {"depth": "cell"}, "Inside <the> cell")
    assert "<title>Inside &lt;the&gt; cell</title>" in page
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in page


def test_data_cannot_end_the_script() -> None:
    page = standalone_html("<svg></svg>", {"dates": ["</script><script>alert(1)"]}, "page")
    assert "</script><script>alert" not in page
