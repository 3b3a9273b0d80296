"""The list of the willing costs the same for one person and for many."""

from __future__ import annotations

from bot.services.training import fitting, guarantee
from tests.chat import City
from tests.services.test_phone_rounds import counted
from tests.training_world import learner, open_one


def test_a_long_list_of_the_willing_takes_no_more_statements_than_a_short_one(city: City) -> None:
    open_one(city, city.officer())

    def wish(name: str) -> None:
        _person, key = learner(city, name)
        city.run(lambda uow: fitting.wish(uow, city.deployment, uow.workers.need(key), "电工"))

    def look() -> tuple[int, int]:
        with counted(city) as gathered:
            found = city.database.read(lambda uow: guarantee.unmet(uow, city.deployment))
        return len(found), len(gathered)

    wish("甲")
    one, short = look()
    for name in ("乙", "丙", "丁"):
        wish(name)
    assert (one, look()) == (1, (4, short))
