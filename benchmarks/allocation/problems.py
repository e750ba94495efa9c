"""Invented problems of any size: the same size and seed, the same problem.

Needs in villages of ten, eight categories, costs of 30,000 to 3 million yuan in whole thousands;
channels with a third of the money that all needs would take, most of them earmarked for some
categories, some for some townships; pairs of needs that exclude each other; caps on every second
village, floors on every township.
"""

from random import Random
from typing import Any

CATEGORIES = ("道路", "饮水", "水利", "人居环境", "产业", "养老", "文体", "教育")
STEP_FEN = 100_000
MONEY = 0.35


def generated(needs: int, channels: int, villages: int | None = None) -> dict[str, Any]:
    """A problem as a file would have it."""
    random = Random(f"{needs} {channels}")
    places = villages or max(5, needs // 10)
    townships = max(3, min(places // 6, 40))
    rows = [_need(i, random, places, townships) for i in range(needs)]
    for group in range(needs // 20):
        for i in random.sample(range(needs), 2):
            rows[i]["group"] = f"g{group}"
    total = sum(row["cost_fen"] for row in rows)
    parts = [random.uniform(0.3, 2) for _ in range(channels)]
    money = [int(total * MONEY * part / sum(parts)) // STEP_FEN * STEP_FEN for part in parts]
    caps = [
        {"kind": "cap", "scope": {"village": f"v{v}"}, "amount_fen": _share(total / places, 0.7)}
        for v in range(0, places, 2)
    ]
    floors = [
        {
            "kind": "floor",
            "scope": {"township": f"t{t}"},
            "amount_fen": _share(total / townships, 0.15),
        }
        for t in range(townships)
    ]
    return {
        "needs": rows,
        "channels": [_channel(j, fen, random, townships) for j, fen in enumerate(money)],
        "limits": caps + floors,
    }


def _share(fen: float, part: float) -> int:
    return int(fen * part) // STEP_FEN * STEP_FEN


def _need(i: int, random: Random, villages: int, townships: int) -> dict[str, Any]:
    village = random.randrange(villages)
    steps = random.randrange(30, 3000)
    return {
        "id": f"n{i}",
        "village": f"v{village}",
        "township": f"t{village * townships // villages}",
        "category": random.choice(CATEGORIES),
        "cost_fen": steps * STEP_FEN,
        "benefit": round(steps / 10 * random.uniform(0.5, 2) + random.uniform(0, 50)),
        "people": random.randrange(50, 900),
    }


def _channel(j: int, fen: int, random: Random, townships: int) -> dict[str, Any]:
    places = random.sample([f"t{t}" for t in range(townships)], max(1, townships // 3))
    return {
        "id": f"c{j}",
        "budget_fen": fen,
        "categories": None
        if random.random() < 0.1
        else random.sample(CATEGORIES, random.randrange(1, 4)),
        "places": None if random.random() < 0.6 else places,
    }
