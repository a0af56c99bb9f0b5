//! PostgreSQL hangs, is shut down and recovers, and loses connections.

use super::{LATE, PROGRAMS, SOON, complete};
use delivery_faults::proxy::Proxy;
use delivery_faults::scene::Scene;
use delivery_faults::settings::{self, seed};
use delivery_faults::store::Store;
use delivery_faults::target::Way;
use std::thread;
use test_servers::Postgres;

/// A scene on a server, and where its events go.
fn scene_on(server: &Postgres, name: &str, way: &Way) -> Scene {
    Scene::new(name, PROGRAMS, Some(Store::of(&server.database(name))), way, seed())
}

#[test]
fn a_server_that_is_shut_down_and_recovers_costs_no_event() {
    let Some(server) = Postgres::start() else { return };
    let times = settings::rounds().map_or(3, |rounds| 3.max(rounds / 10));
    // More than they commit between the shutdowns.
    let events = 1_400 * times;
    for way in [Way::File, Way::Batch] {
        let mut scene = scene_on(&server, &format!("immediate shutdown, {way}"), &way);
        let mut producers = [0, 1].map(|_| scene.producer(events, &["--rate", "600"]));
        let mut relay = scene.relay();
        scene.wait("delivering", SOON, |scene| scene.state().cursor > 200);
        for _ in 0..times {
            thread::sleep(scene.random.millis(100..500));
            scene.interrupted();
            server.stop_immediately();
            thread::sleep(scene.random.millis(50..500));
            server.restart();
        }
        assert!(relay.is_running(), "{}", relay.log());
        let [first, second] = &mut producers;
        first.succeeds(LATE);
        complete(&scene, second, &mut relay);
        assert!(relay.log().contains("outbox_resumed"), "{}", relay.log());
        scene.finish(false);
    }
}

#[test]
fn a_server_that_hangs_costs_no_event() {
    let Some(server) = Postgres::start() else { return };
    let mut scene = scene_on(&server, "PostgreSQL hangs", &Way::Structured);
    let mut producer = scene.producer(3_000, &["--rate", "1000"]);
    let mut relay = scene.relay();
    scene.wait("delivering", SOON, |scene| scene.state().cursor > 200);
    for _ in 0..3 {
        thread::sleep(scene.random.millis(50..300));
        server.pause();
        thread::sleep(scene.random.millis(1_000..3_000));
        server.resume();
    }
    complete(&scene, &mut producer, &mut relay);
    scene.finish(false);
}

#[test]
fn a_commit_whose_answer_is_lost_is_judged_by_the_database() {
    let Some(server) = Postgres::shared() else { return };
    let mut scene = scene_on(server, "connection cut during COMMIT", &Way::File);
    let proxy = Proxy::start(&scene.store().location(), 10, seed());
    let mut producers = [0, 1].map(|_| scene.producer_at(proxy.url(), 3_000, &[]));
    let mut relay = scene.relay();
    let [first, second] = &mut producers;
    first.succeeds(LATE);
    complete(&scene, second, &mut relay);
    let (lost, unanswered) = (proxy.lost(), proxy.unanswered());
    println!("{lost} commits were lost, {unanswered} answers were lost");
    assert!(lost > 20 && unanswered > 20);
    scene.finish(false);
}

#[test]
fn transactions_that_only_insert_lose_nothing() {
    let Some(server) = Postgres::shared() else { return };
    let mut scene = scene_on(server, "insert only", &Way::File);
    let flags = ["--insert-only", "--held-each", "2", "--held", "5", "--rolled-back", "30"];
    let mut producers: Vec<_> = (0..8).map(|_| scene.producer(8_000, &flags)).collect();
    let mut relay = scene.relay();
    for producer in &mut producers {
        producer.succeeds(LATE);
    }
    scene.wait_delivered(LATE);
    super::stop(&mut relay);
    scene.finish(false);
}
