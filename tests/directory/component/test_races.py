"""Two workers keep the same people at once: the newest version stays, and no change is lost between them."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from directory.questions import stretches
from directory.timelines import Period
from tests.directory.builders import START, Copy, from_day, seamless, who

PEOPLE, VERSIONS = ("siti", "budi", "ani"), 20
PERIOD = Period(START, START + timedelta(365))


def life(name, version):
    """Each version moves on another day into another class."""
    return (from_day(), from_day(START + timedelta(len(name) + version), job_class=version % 9 + 1))


def test_two_workers_end_with_the_newest_versions(directory_database, agency):
    workers = [Copy(directory_database, agency) for _ in range(2)]
    chance = random.Random(7)
    deliveries = [(name, version) for name in PEOPLE for version in range(1, VERSIONS + 1)]

    def work(copy, order):
        for start in range(0, len(order), 7):
            copy.receive(
                *(
                    copy.person(name, *life(name, version), version=version)
                    for name, version in order[start : start + 7]
                )
            )

    with ThreadPoolExecutor(2) as threads:
        orders = [chance.sample(deliveries, len(deliveries)) for _ in workers]
        list(threads.map(work, workers, orders))
    for name in PEOPLE:
        with workers[0].transaction() as tx:
            assert stretches(tx, who(name), PERIOD) == seamless(life(name, VERSIONS))
    noted = [one for copy in workers for one in copy.people]
    assert sum(one.is_new for one in noted) == len(PEOPLE)


def test_two_workers_see_each_change_of_a_substitution_once(directory_database, agency):
    workers = [Copy(directory_database, agency) for _ in range(2)]
    orders = [random.Random(seed).sample(range(1, 31), 30) for seed in (3, 4)]

    def work(copy, order):
        for version in order:
            copy.receive(copy.substitution("plh", f"atasan {version}", "dewi", version=version))

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(work, workers, orders))
    changes = sorted((one for copy in workers for one in copy.substitutions), key=lambda one: one.after.version)
    assert changes[-1].after.version == 30
    # each change begins where the one before it has ended
    assert [one.before for one in changes] == [None, *(one.after for one in changes[:-1])]
