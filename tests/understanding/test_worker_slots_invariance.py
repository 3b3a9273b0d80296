"""The same wish in other words has the same slots."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bot.understanding import Context, TextReader, WorkerReading, read_context
from tests.understanding.variations import NOISE, orders

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples" / "worker_texts.jsonl"
# Each is a list of thoughts that may stand in any order.
WISHES: tuple[tuple[str, ...], ...] = (
    ("想找个电焊的活", "人老实", "52岁", "广汉或者什邡都可以"),
    ("会踩平车", "要夫妻房", "福建石狮", "不去广东"),
    ("女的", "三十八岁", "收银理货都做过", "中江县城里头"),
    ("保安", "男", "六十岁", "要包住", "德阳"),
    ("不去深圳", "想去成都", "做过三年厨师"),
    ("哪里都行", "开过挖机", "管吃管住"),
    ("家附近的活", "洗碗端菜都可以", "食宿自理"),
    ("不出省", "木工支模", "我46岁"),
    ("保洁做不动了", "想找个看大门的", "61岁"),
    ("云阳或者奉节", "养过猪", "住家里"),
    ("叉车证有的", "璧山", "要有宿舍", "29岁男"),
    ("娄底长沙都可以", "打灰的", "不上夜班"),
    ("除了新疆哪里都可以", "摘过棉花", "五十五岁"),
    ("外省也可以去", "数控车床", "二十五岁"),
)
FOR_OTHERS = (
    "给我老婆找个保洁,她四十六岁,想在罗江,要管饭",
    "我幺儿十九岁,想学汽修,绵竹有没有厂要人",
    "帮我爸问一下,他今年六十二岁,守工地那种,要包住",
    "我弟二十八岁,开货车的,想去重庆",
)


def _slots(reading: WorkerReading) -> dict[str, object]:
    return {
        "skills": frozenset(reading.skills),
        "locations": frozenset(reading.locations),
        "excluded": frozenset(reading.excluded_locations),
        "migration": reading.migration,
        "age": reading.age,
        "gender": reading.gender,
        "room_board": reading.wants_room_board,
    }


def _texts() -> list[tuple[str, Context]]:
    texts = [(",".join(wish), Context()) for wish in WISHES]
    texts.extend((text, Context()) for text in FOR_OTHERS)
    if not SAMPLES.is_file():
        sys.stdout.write("the samples do not lie beside the checkout: own messages are used\n")
        return texts
    for line in SAMPLES.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if record["gold"]["intent"] in ("find_job", "register", "update_profile"):
            texts.append((record["text"], read_context(record["context"])))
    return texts


def test_noise_and_other_wording_change_no_slot(reader: TextReader) -> None:
    changed: list[tuple[str, str]] = []
    count = 0
    for text, context in _texts():
        plain = reader.read_worker_text(text, context)
        if plain.choice is not None:
            continue
        for name, vary in NOISE.items():
            count += 1
            varied = reader.read_worker_text(vary(text), context)
            if _slots(varied) != _slots(plain):
                changed.append((name, vary(text)))
    sys.stdout.write(f"{1 - len(changed) / count:.4f} of {count} wordings keep all slots\n")

    assert changed == []


def test_the_order_of_thoughts_changes_no_slot(reader: TextReader) -> None:
    changed: list[str] = []
    for wish in WISHES:
        plain = _slots(reader.read_worker_text(",".join(wish)))
        changed.extend(
            text for text in orders(wish) if _slots(reader.read_worker_text(text)) != plain
        )

    assert changed == []
