"""A list that is put in order by pressing its items."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def draw() -> None:
    import streamlit as st

    from lstm_course.view.ordering import put_in_order

    order = put_in_order({"a": "alpha", "b": "beta"}, "letters")
    if order:
        st.text(" ".join(order))


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def press(app: AppTest, place: int) -> AppTest:
    return app.button[place].click().run()


def test_items_get_their_places_as_they_are_pressed() -> None:
    app = AppTest.from_function(draw, default_timeout=30).run()
    assert app.button[2].disabled
    press(press(app, 1), 0)
    assert labels(app) == ["**2** · alpha", "**1** · beta", "Commit"]
    press(app, 1)
    assert labels(app) == ["**1** · alpha", "beta", "Commit"]
    press(press(app, 1), 2)
    assert [text.value for text in app.text] == ["a b"]
