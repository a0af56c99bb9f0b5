//! The state of an entity whose events changed the type of their state, or got one, in a new
//! version.

use crate::store::Store;
use event_core::{Change, Timestamp, UpcastFrom, catalog, events};
use event_store::{StoredEntity, state_at};

events!(
    /// Parcels.
    #[domain]
    pub enum Parcel {
        /// The parcel goes to the next station.
        Move,
        /// The parcel is weighed.
        Weigh,
        /// The parcel is given to its receiver.
        Hand,
    }

    /// Where a parcel is, by name.
    #[value(rename_all = "snake_case")]
    pub enum Place {
        Depot,
        Road,
    }

    /// Where a parcel is, with the station.
    #[value]
    pub struct Position {
        pub place: String,
        pub station: i64,
    }

    #[event(info, version = 1)]
    pub struct ParcelMoveCompletedV1 {
        #[entity]
        pub parcel_id: String,
        #[transition]
        pub change: Change<Place>,
    }

    #[event(info, version = 2)]
    pub struct ParcelMoveCompleted {
        #[entity]
        pub parcel_id: String,
        #[transition]
        pub change: Change<Position>,
    }

    /// The version without a transition has a field that looks like one.
    #[event(info, version = 1)]
    pub struct ParcelWeighCompletedV1 {
        #[entity]
        pub parcel_id: String,
        pub after: i64,
    }

    #[event(info, version = 2)]
    pub struct ParcelWeighCompleted {
        #[entity]
        pub parcel_id: String,
        #[transition]
        pub change: Change<Weight>,
    }

    /// In grams.
    #[value]
    pub struct Weight {
        pub grams: i64,
    }

    #[event(info)]
    pub struct ParcelHandCompleted {
        #[entity]
        pub parcel_id: String,
        #[transition]
        pub change: Change<Place>,
    }
);

catalog! {
    /// The events of a carrier.
    pub enum CarrierEvent {
        Parcel(Parcel),
    }
}

fn position(place: &Place) -> Position {
    let place = if matches!(place, Place::Depot) { "depot" } else { "road" };
    Position { place: place.to_owned(), station: 0 }
}

impl UpcastFrom<ParcelMoveCompletedV1> for ParcelMoveCompleted {
    fn upcast(old: ParcelMoveCompletedV1) -> Self {
        let change =
            Change { before: position(&old.change.before), after: position(&old.change.after) };
        Self { parcel_id: old.parcel_id, change }
    }
}

impl UpcastFrom<ParcelWeighCompletedV1> for ParcelWeighCompleted {
    fn upcast(old: ParcelWeighCompletedV1) -> Self {
        let change = Change { before: Weight { grams: 0 }, after: Weight { grams: old.after } };
        Self { parcel_id: old.parcel_id, change }
    }
}

/// The states after events of a parcel, each with its type, version and `after`: `Place=1:"road"`.
fn states(store: &Store, events: &[(&str, i64, &str)]) -> Vec<String> {
    store.sql("DELETE FROM domain_events");
    for (place, (event_type, version, after)) in events.iter().enumerate() {
        store.sql(&format!(
            "INSERT INTO domain_events (event_id, event_type, event_version, entity_type, \
             entity_id, occurred_at, recorded_at, envelope) VALUES \
             ('019cebab-8995-7cb0-9b1f-{place:012x}', 'parcel.{event_type}.completed', {version}, \
             'parcel', 'p', '2026-03-14T09:26:53.589793Z', '2026-03-14T09:26:53.589793Z', \
             '{{\"payload\":{{\"after\":{after}}}}}')"
        ));
    }
    let parcel = StoredEntity::new("parcel", "p");
    let answer = store.ask(&state_at(&CATALOG, parcel, Timestamp::now()));
    answer
        .iter()
        .map(|state| format!("{}={}:{}", state.name, state.event_version, state.value))
        .collect()
}

const OLD: (&str, i64, &str) = ("move", 1, "\"road\"");
const NEW: (&str, i64, &str) = ("move", 2, "{\"place\":\"road\",\"station\":7}");
const HANDED: (&str, i64, &str) = ("hand", 1, "\"depot\"");

#[test]
fn types_of_two_versions_are_one_state() {
    let new = "Position=2:{\"place\":\"road\",\"station\":7}";
    for store in Store::each("versions") {
        assert_eq!(states(&store, &[OLD]), ["Place=1:\"road\""]);
        assert_eq!(states(&store, &[OLD, NEW]), [new]);
        // A service that is not updated yet.
        assert_eq!(states(&store, &[NEW, OLD]), ["Place=1:\"road\""]);
        // Another event that still has the older type.
        assert_eq!(states(&store, &[OLD, NEW, HANDED]), ["Place=1:\"depot\""]);
        assert_eq!(states(&store, &[HANDED, NEW]), [new]);
        // A version that this catalog does not know is taken for the newest one.
        let newer = ("move", 3, "{\"place\":\"road\",\"station\":8}");
        let state = "Position=3:{\"place\":\"road\",\"station\":8}";
        assert_eq!(states(&store, &[NEW, newer]), [state]);
    }
}

#[test]
fn a_field_of_a_version_without_a_transition_is_no_state() {
    for store in Store::each("first_transition") {
        assert!(states(&store, &[("weigh", 1, "7")]).is_empty());
        let weighed = ("weigh", 2, "{\"grams\":900}");
        let both = states(&store, &[weighed, ("weigh", 1, "7"), NEW]);
        assert_eq!(both.len(), 2, "{both:?}");
        assert_eq!(both[1], "Weight=2:{\"grams\":900}");
    }
}
