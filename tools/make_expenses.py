#!/usr/bin/env python
"""Make pynomaly/data/expenses.csv: two thousand made-up expense claims, twenty-six of them not as they should be.

Run it from the root of the checkout: ``python tools/make_expenses.py``. The same seed gives the same file. The column
``is_anomaly`` marks the planted rows; nothing in the file is about a real person, company or place of business.
"""

import csv
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

SEED, ROWS = 20240311, 2000
OUT = Path(__file__).resolve().parents[1] / "pynomaly" / "data" / "expenses.csv"
CITIES = {"sales": ["Hamburg", "Munich", "Vienna", "Zurich"], "engineering": ["Berlin", "Prague"], "support": ["Berlin", "Leipzig"], "finance": ["Berlin", "Frankfurt"]}
CATEGORIES = {  # median amount, spread of its logarithm, merchants
    "meal": (24.0, 0.35, ["Golden Fork", "Cafe Mila", "Noodle Bar 8", "Trattoria Sole"]),
    "taxi": (19.0, 0.40, ["CityCab", "Taxi Nord", "RideNow"]),
    "hotel": (132.0, 0.25, ["Hotel Linden", "Station Inn", "Parkhaus Hotel"]),
    "train": (58.0, 0.45, ["Railways"]),
    "office supplies": (31.0, 0.60, ["PaperPoint", "DeskWorld"]),
    "software": (49.0, 0.30, ["Appstore", "CloudDesk"]),
    "client gift": (38.0, 0.30, ["Blumenhaus", "Wine & Co"]),
}
HABITS = {  # how often each department claims each category, in the order above
    "sales": [30, 25, 16, 14, 3, 2, 10],
    "engineering": [20, 8, 8, 12, 15, 36, 1],
    "support": [38, 8, 2, 8, 32, 11, 1],
    "finance": [34, 14, 10, 20, 14, 7, 1],
}
FIELDS = ["claim_id", "submitted", "employee", "department", "category", "merchant", "city", "payment", "amount", "tip", "days_to_submit", "is_anomaly"]


def usual(rng: np.random.Generator, staff: list[tuple[str, str, str]]) -> dict:
    """One claim as most of them are."""
    employee, department, home = staff[rng.integers(len(staff))]
    habits = np.array(HABITS[department], float)
    category = str(rng.choice(list(CATEGORIES), p=habits / habits.sum()))
    median, spread, merchants = CATEGORIES[category]
    amount = float(np.exp(rng.normal(np.log(median), spread)))
    away = category in ("hotel", "train") or rng.random() < 0.12
    day = datetime(2023, 1, 2) + timedelta(days=int(rng.integers(0, 364)))
    day -= timedelta(days=max(0, day.weekday() - 4) if rng.random() < 0.96 else 0)
    minute = int(np.clip(rng.normal(13.2 * 60, 150), 7 * 60, 20 * 60 + 59))
    cash = {"meal": 0.25, "taxi": 0.45}.get(category, 0.02)
    tip = float(rng.choice([0.0, 0.05, 0.1], p=[0.3, 0.3, 0.4])) * amount if category in ("meal", "taxi") else 0.0
    return {
        "submitted": day + timedelta(minutes=minute, seconds=int(rng.integers(60))),
        "employee": employee,
        "department": department,
        "category": category,
        "merchant": str(rng.choice(merchants)),
        "city": str(rng.choice([c for c in CITIES[department] if c != home] or [home])) if away else home,
        "payment": "cash" if rng.random() < cash else "card",
        "amount": amount,
        "tip": tip,
        "days_to_submit": int(rng.gamma(2.2, 3.0)),
        "is_anomaly": 0,
    }


def planted(rng: np.random.Generator, staff: list[tuple[str, str, str]], claims: list[dict]) -> list[dict]:
    """The claims that are not as they should be, of seven kinds."""

    def like(**want: object) -> dict:
        while True:
            claim = usual(rng, staff)
            if all(claim[key] == value for key, value in want.items()):
                return claim

    odd = []
    for category, factor in (("meal", 21), ("taxi", 26), ("office supplies", 17), ("client gift", 14), ("software", 19)):  # far too much for what it is
        claim = like(category=category)
        odd.append(claim | {"amount": CATEGORIES[category][0] * factor * rng.uniform(0.9, 1.1)})
    for hour in (1, 2, 3, 2, 4):  # cash in a night of the weekend
        claim = like(category="meal")
        day = datetime(2023, 1, 7) + timedelta(days=7 * int(rng.integers(0, 51)) + int(rng.integers(2)), hours=hour, minutes=int(rng.integers(60)))
        odd.append(claim | {"submitted": day, "payment": "cash", "amount": rng.uniform(120, 190)})
    for department, city in (("support", "Zurich"), ("finance", "Vienna"), ("engineering", "Zurich"), ("support", "Munich")):  # nobody of theirs goes there
        odd.append(like(department=department, category="taxi") | {"city": city})
    for _ in range(4):  # the same bill handed in again some days later
        claim = dict(claims[int(rng.integers(len(claims)))])
        odd.append(claim | {"submitted": claim["submitted"] + timedelta(days=int(rng.integers(2, 9)), minutes=7), "days_to_submit": claim["days_to_submit"] + 5})
    for days in (171, 203, 260):  # handed in half a year late
        odd.append(usual(rng, staff) | {"days_to_submit": days})
    for share in (0.9, 1.4, 2.2):  # a tip as large as the bill
        claim = like(category="meal")
        odd.append(claim | {"tip": claim["amount"] * share})
    odd.append(like(category="hotel") | {"amount": -148.0})  # a refund booked as a claim
    odd.append(like(category="hotel", department="sales") | {"payment": "cash", "amount": 990.0})
    return [claim | {"is_anomaly": 1} for claim in odd]


def main() -> None:
    """Write the file."""
    rng = np.random.default_rng(SEED)
    staff = []
    for number in range(64):
        department = str(rng.choice(list(CITIES), p=[0.4, 0.3, 0.2, 0.1]))
        staff.append((f"emp {number + 1:02d}", department, str(rng.choice(CITIES[department]))))
    claims = [usual(rng, staff) for _ in range(ROWS - 26)]
    claims += planted(rng, staff, claims)
    for claim in claims:  # what people forget to fill in
        if not claim["is_anomaly"] and rng.random() < 0.03:
            claim["merchant"] = ""
        if not claim["is_anomaly"] and rng.random() < 0.05:
            claim["tip"] = None
    claims.sort(key=lambda claim: claim["submitted"])
    with OUT.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        for number, claim in enumerate(claims):
            money = {key: "" if claim[key] is None else f"{claim[key]:.2f}" for key in ("amount", "tip")}
            writer.writerow({"claim_id": f"C-{40100 + 3 * number}"} | claim | money | {"submitted": f"{claim['submitted']:%Y-%m-%d %H:%M:%S}"})
    print(f"{OUT.name}: {len(claims):,} rows, {sum(claim['is_anomaly'] for claim in claims)} anomalies, {OUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
