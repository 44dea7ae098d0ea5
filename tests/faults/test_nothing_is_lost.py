"""Whatever is killed, cut, stopped, slowed or repeated: what was committed takes effect, once, and the newest stands."""

import time

import pytest

from tests.faults.cluster import IS_LONG, SLOW_SECONDS
from tests.faults.ledger import draw_up

pytestmark = pytest.mark.faults

# What passes on the connection in the middle of: a publish, its confirm, an acknowledgement.
MIDST = {
    "RabbitMQ": [(b"\x00\x3c\x00\x28", True), (b"\x00\x3c\x00\x50", False), (b"\x00\x3c\x00\x50", True)],
    "embedded": [(b"pgmq.send_topic", True), (b"send_topic", False), (b"pgmq.delete", True)],
}
ROUNDS = 5 if IS_LONG else 1


def test_processes_are_killed(cluster, seed):
    victims = ["load", "origin", "forwarder", "reader"] * ROUNDS
    with cluster.load("kill -9", seed) as load:
        load.random.shuffle(victims)
        for victim, _ in zip(victims, load.moments(len(victims)), strict=True):
            load.kill(victim)


@pytest.mark.skipif(not IS_LONG, reason="run by the long form: SUAR_FAULTS=long")
@pytest.mark.parametrize("victim", ["origin", "forwarder", "reader"])
def test_one_worker_is_killed(cluster, seed, victim):
    with cluster.load(f"one kill -9 of {victim}", seed) as load:
        for _ in load.moments(1):
            load.kill(victim)


def test_the_broker_is_away(cluster, seed):
    with cluster.load("broker away", seed) as load:
        for _ in load.moments(ROUNDS):
            with load.fault("broker away"):
                cluster.proxy.refuse()
                time.sleep(load.random.uniform(0.5, 2.0) * ROUNDS)
                cluster.proxy.accept()


def test_the_broker_itself_is_stopped_killed_and_started(cluster, seed):
    if cluster.broker is None:
        pytest.skip("needs a RabbitMQ of its own: SUAR_FAULTS=long, where one is installed")
    with cluster.load("broker stopped and killed", seed) as load:
        for crash, _ in zip((False, True) * 2, load.moments(4), strict=True):
            with load.fault("broker killed" if crash else "broker stopped"):
                cluster.broker.stop(crash=crash)
                cluster.broker.start()


def test_the_broker_has_an_alarm(cluster, seed):
    if cluster.broker is None:
        pytest.skip("needs a RabbitMQ of its own: SUAR_FAULTS=long, where one is installed")
    with cluster.load("alarm", seed) as load:
        for _ in load.moments(2):
            with load.fault("alarm"):
                cluster.broker.alarm(on=True)
                time.sleep(load.random.uniform(2, 15))
                cluster.broker.alarm(on=False)


def test_the_broker_falls_silent(cluster, seed):
    with cluster.load("broker silent", seed) as load:
        for _ in load.moments(1):
            with load.fault("broker silent"):
                cluster.proxy.stall()
                time.sleep(25 if IS_LONG else 2)
                cluster.proxy.flow()


def test_the_broker_blocks_who_publishes(cluster, seed):
    with cluster.load("publishers blocked", seed) as load:
        for _ in load.moments(1):
            with load.fault("publishers blocked"):
                cluster.proxy.stall(publishers_only=True)
                time.sleep(25 if IS_LONG else 2)
                cluster.proxy.flow()


def test_connections_are_cut_in_the_middle_of_a_publish_its_confirm_and_an_acknowledgement(cluster, seed):
    with cluster.load("cut in the middle", seed) as load:
        cuts = MIDST[cluster.kind] * ROUNDS
        load.random.shuffle(cuts)
        for (pattern, upward), _ in zip(cuts, load.moments(len(cuts)), strict=True):
            cut = cluster.proxy.arm(pattern, upward=upward)
            with load.fault("cut"):
                if cluster.kind == "embedded":
                    # a statement is spelled out on a new connection only
                    cluster.proxy.cut()
                # everything may have passed before: more is produced until something does
                for _ in range(30):
                    if cut.broken.wait(1):
                        break
                    load.produce_more(10)
                assert cut.broken.is_set(), f"nothing like {pattern!r} passed"


def test_postgresql_is_restarted(cluster, seed):
    with cluster.load("PostgreSQL restarted", seed) as load:
        for crash, _ in zip((True, False) * ROUNDS, load.moments(2 * ROUNDS), strict=True):
            with load.fault("crash" if crash else "restart"):
                cluster.databases.server.stop(crash=crash)
                cluster.databases.server.start()


def test_a_slow_handler_keeps_what_it_works_on(cluster, seed):
    with cluster.load("slow handler", seed, troubles=["slow"]) as load:
        pass
    assert load.ledger.slowest > SLOW_SECONDS
    assert load.tries("slow") == [1]


def test_what_always_fails_is_parked_and_what_fails_thrice_takes_effect(cluster, seed):
    with cluster.load("failing handlers", seed, troubles=["always", "thrice"] * 3) as load:
        pass
    assert load.tries("thrice") == [4, 4, 4]


def test_what_kills_its_process_is_parked(cluster, seed):
    troubles = ["kills", "kills_later"] if IS_LONG else ["kills"]
    with cluster.load("killing handler", seed, troubles=troubles) as load:
        pass
    assert load.tries("kills") == [6]


def test_everything_comes_twice_and_out_of_order(cluster, seed):
    with cluster.load("twice, and shuffled", seed) as load:
        cluster.processes["origin"].hold()
        load.wait_for(lambda: load.produced() == load.events)
        load.publish_again(shuffled=True)
        cluster.processes["origin"].resume()


def test_a_worker_that_is_asked_to_stop_finishes_what_it_has_in_hand(cluster, seed):
    with cluster.load("stopped in good order", seed) as load:
        for name, _ in zip(("origin", "forwarder", "reader"), load.moments(3), strict=True):
            assert cluster.processes[name].hold() < 10
            with load.fault(f"stop {name}"):
                cluster.processes[name].resume()


def test_the_ledger_sees_what_is_lost_doubled_overtaken_and_stuck(cluster, seed):
    """The check is checked: each fault is made by hand where none had been."""
    with cluster.load("no fault", seed, events=30) as load:
        pass
    agency = load.agency
    ids = [row[0] for row in cluster.ask("reader", "SELECT event_id::text FROM arrival WHERE agency_id = %s", agency)]
    lost, doubled, from_nowhere = ids[0], ids[1], "00000000-0000-7000-8000-000000000000"
    cluster.ask("reader", "DELETE FROM arrival WHERE event_id = %s", lost)
    again = "INSERT INTO arrival (agency_id, event_id, producer, subject, sequence) SELECT agency_id, %s, producer, subject, sequence FROM arrival WHERE event_id = %s"
    cluster.ask("reader", again, doubled, doubled)
    cluster.ask("reader", again, from_nowhere, doubled)
    ((subject,),) = cluster.ask(
        "forwarder",
        "UPDATE newest SET number = number - 1 WHERE ctid = (SELECT ctid FROM newest WHERE agency_id = %s LIMIT 1) RETURNING subject",
        agency,
    )
    ((unproduced,),) = cluster.ask(
        "origin",
        "DELETE FROM item WHERE ctid = (SELECT ctid FROM item WHERE agency_id = %s LIMIT 1) RETURNING id::text",
        agency,
    )
    found = draw_up(cluster, agency).faults
    assert [lost] in found["lost"].values()
    assert any(doubled in ids for ids in found["doubled"].values())
    assert any(from_nowhere in ids for ids in found["from nowhere"].values())
    assert found["overtaken"]["origin→forwarder"] == [subject]
    assert found["published but not produced"] == {"origin": [unproduced]}
