//! What changed between two states: every change that can be made of an event is found, with whom
//! it breaks and what it makes of the version.
#![allow(clippy::unwrap_used, reason = "a test may")]

mod fixture;

use event_core::meta::BlockMeta;
use event_core::meta::shape::*;
use event_core::meta::{EventMeta, FieldMeta, Governance, LevelRule, Member, Role, Sensitivity};
use event_core::{Catalog, Level};
use event_grammar::lock::{Acceptance, Lock, Mode, Stage, VersionKey};
use event_schema::lock::{Bump, Model, Request, State, What, diff, plan};
use fixture::random::{leak, leak_all};
use fixture::{event, shapes::named};

const TEXT: &Shape = &Shape::Text(TextFormat::Plain);
const NUMBER: &Shape = &Shape::Integer { min: 0, max: 255 };
const MAYBE: &Shape = &Shape::Optional(TEXT);

fn catalog(events: Vec<EventMeta>) -> &'static Catalog {
    let events = leak_all(events.into_iter().map(|event| leak(event) as &EventMeta).collect());
    let parts = leak_all(vec![leak(BlockMeta::new(events)) as &BlockMeta]);
    leak(Catalog::new("ShopEvent", "", parts).of_package("shop", "1.0.0"))
}

fn locked(catalog: &Catalog) -> State {
    let state = State { lock: Lock::new("shop"), ..State::default() };
    plan(catalog, &state, &Request::default()).unwrap().state
}

fn size(names: &[&'static str]) -> &'static Shape {
    let variants = leak_all(names.iter().map(|name| unit(name)).collect());
    leak(Shape::Enum(leak(EnumShape::new(named("Size", ""), Tagging::External, variants))))
}

const fn unit(name: &'static str) -> VariantShape {
    VariantShape::new(name, "", VariantContent::Unit)
}

fn base() -> Vec<FieldMeta> {
    vec![
        FieldMeta::new("id", "", TEXT).role(Role::Entity { kind: "order" }),
        FieldMeta::new("waited", "", NUMBER).unit("ms"),
        FieldMeta::new("card", "", TEXT).sensitivity(Sensitivity::Last4),
        FieldMeta::new("note", "", MAYBE).aliases(&["comment"]),
        FieldMeta::new("size", "", size(&["small", "large"])),
        FieldMeta::new("share", "", &Shape::Float),
    ]
}

fn with(fields: Vec<FieldMeta>) -> EventMeta {
    let members = leak_all(fields.into_iter().map(Member::Field).collect());
    event(fixture::CACHE_HIT.name, "CacheHit", "").members(members).aliases(&["hit"])
}

fn changed(at: usize, change: impl Fn(&mut FieldMeta)) -> EventMeta {
    let mut fields = base();
    change(&mut fields[at]);
    with(fields)
}

fn renamed() -> EventMeta {
    changed(1, |field| {
        field.name = "paused";
        field.aliases = &["waited"];
    })
}

fn key() -> VersionKey {
    VersionKey::new(fixture::CACHE_HIT.name.snake, 1)
}

#[test]
fn a_state_does_not_differ_from_itself() {
    let model = Model::of_state(&locked(&fixture::CATALOG));
    assert!(!model.versions.is_empty());
    let same = diff(&model, &model);
    assert!(same.changes.is_empty() && same.bump() == Bump::None, "{same:?}");
    let declared = Model::of_catalog(&fixture::CATALOG, &locked(&fixture::CATALOG)).unwrap();
    assert_eq!(diff(&model, &declared).changes, [], "what was locked is what is declared");
}

/// A changed event, what changed, what it makes of the version, and whom it breaks.
type Row = (EventMeta, What, Bump, &'static str);

fn changes_of_fields() -> Vec<Row> {
    use Bump::{Major, Revision};
    let more = |shape| {
        let mut fields = base();
        fields.push(FieldMeta::new("more", "", shape));
        with(fields)
    };
    let without = |at| {
        let mut fields = base();
        fields.remove(at);
        with(fields)
    };
    let shaped = |at, shape| changed(at, |field| field.shape = shape);
    vec![
        (more(MAYBE), What::FieldAdded, Revision, "compatible"),
        (more(TEXT), What::FieldAdded, Major, "breaks new readers"),
        (without(3), What::FieldRemoved, Revision, "compatible"),
        (without(0), What::FieldRemoved, Major, "breaks old readers"),
        (changed(1, |field| field.name = "paused"), What::FieldAdded, Major, "breaks new readers"),
        (renamed(), What::FieldRenamed, Major, "breaks old readers"),
        // The alias that keeps the old name breaks no reader.
        (renamed(), What::MarkAdded, Major, "compatible"),
        (
            shaped(1, &Shape::Integer { min: 0, max: 65535 }),
            What::FieldRetyped,
            Major,
            "breaks old readers",
        ),
        (
            shaped(1, &Shape::Integer { min: 0, max: 7 }),
            What::FieldRetyped,
            Major,
            "breaks new readers",
        ),
        (shaped(1, TEXT), What::FieldRetyped, Major, "breaks old and new readers"),
        (shaped(0, MAYBE), What::FieldRetyped, Major, "breaks old readers"),
        (shaped(3, TEXT), What::FieldRetyped, Major, "breaks new readers"),
        (shaped(4, size(&["small"])), What::FieldRetyped, Major, "breaks new readers"),
        (
            shaped(4, size(&["small", "large", "huge"])),
            What::FieldRetyped,
            Major,
            "breaks old readers",
        ),
    ]
}

fn changes_of_marks() -> Vec<Row> {
    use Bump::{Major, Revision};
    vec![
        (
            changed(1, |field| field.unit = Some("s")),
            What::MarkChanged,
            Major,
            "breaks old and new readers",
        ),
        (
            changed(1, |field| field.unit = None),
            What::MarkRemoved,
            Major,
            "breaks old and new readers",
        ),
        (changed(5, |field| field.unit = Some("percent")), What::MarkAdded, Revision, "compatible"),
        (
            changed(2, |field| field.sensitivity = None),
            What::MarkRemoved,
            Major,
            "breaks a promise",
        ),
        (
            changed(2, |field| field.sensitivity = Some(Sensitivity::Redact)),
            What::MarkChanged,
            Revision,
            "compatible",
        ),
        (
            changed(0, |field| field.role = Role::Plain),
            What::MarkRemoved,
            Major,
            "breaks old and new readers",
        ),
        (
            changed(0, |field| field.role = Role::Entity { kind: "cart" }),
            What::MarkChanged,
            Major,
            "breaks old and new readers",
        ),
        (changed(0, |field| field.default = true), What::MarkAdded, Revision, "compatible"),
        (changed(3, |field| field.skip_none = true), What::MarkAdded, Revision, "compatible"),
        (changed(5, |field| field.finite = true), What::MarkAdded, Major, "breaks new readers"),
        (changed(3, |field| field.aliases = &[]), What::MarkRemoved, Major, "breaks new readers"),
        (
            changed(3, |field| field.aliases = &["comment", "remark"]),
            What::MarkChanged,
            Revision,
            "compatible",
        ),
    ]
}

fn changes_of_the_head() -> Vec<Row> {
    use Bump::{Major, Revision};
    let own = || with(base());
    let name = fixture::CACHE_HIT.name.dotted("cache.struck");
    vec![
        (
            own().level(LevelRule::Fixed(Level::Error)),
            What::LevelChanged,
            Major,
            "breaks a promise",
        ),
        (own().aliases(&["hit", "struck"]), What::AliasAdded, Revision, "compatible"),
        (own().aliases(&[]), What::AliasRemoved, Major, "breaks new readers"),
        (own().name(name), What::NameChanged, Major, "breaks old and new readers"),
        (
            own().governance(Governance::NONE.deprecated("why")),
            What::StageChanged,
            Bump::None,
            "compatible",
        ),
    ]
}

#[test]
fn every_change_of_a_declaration_is_found() {
    let parts = [changes_of_fields(), changes_of_marks(), changes_of_the_head()];
    let table: Vec<Row> = parts.into_iter().flatten().collect();
    assert!(table.len() >= 20);
    let state = locked(catalog(vec![with(base())]));
    let old = Model::of_state(&state);
    for (new, what, bump, verdict) in table {
        let new = catalog(vec![new]);
        let found = diff(&old, &Model::of_catalog(new, &state).unwrap());
        let told: Vec<_> =
            found.changes.iter().map(|change| (change.what, change.verdict.as_str())).collect();
        assert!(told.contains(&(what, verdict)), "{what:?} {verdict}: {:#?}", found.changes);
        assert_eq!(found.bump(), bump, "{:#?}", found.changes);
        // Between two locks, where no declaration can be asked, the answer is the same.
        let locked = Model::of_state(&locked(new));
        let by_locks = diff(&old, &locked);
        let told: Vec<_> =
            by_locks.changes.iter().map(|change| (change.what, change.verdict.as_str())).collect();
        assert!(
            told.contains(&(what, verdict)),
            "of locks: {what:?} {verdict}: {:#?}",
            by_locks.changes
        );
        assert_eq!(by_locks.bump(), bump, "of locks: {:#?}", by_locks.changes);
        let back = diff(&locked, &old);
        assert!(!back.changes.is_empty(), "the way back of {what:?}");
    }
}

#[test]
fn every_change_of_a_lock_is_found() {
    let state = locked(catalog(vec![with(base())]));
    let old = Model::of_state(&state);
    let with = |change: &dyn Fn(&mut event_grammar::lock::Version)| {
        let mut state = state.clone();
        change(state.lock.versions.get_mut(&key()).unwrap());
        Model::of_state(&state)
    };
    let acceptance = || Acceptance {
        rule: "type-changed".into(),
        path: "id".into(),
        reason: "r".into(),
        who: "ada".into(),
        until: "2027-01-01".into(),
    };
    let table = [
        (with(&|version| version.mode = Mode::Backward), What::ModeChanged, "breaks a promise"),
        (with(&|version| version.stage = Stage::Retired), What::StageChanged, "breaks new readers"),
        (with(&|version| version.accepted.push(acceptance())), What::BreakAccepted, "compatible"),
        (
            with(&|version| drop(version.retired.insert("old".into(), "u32".into()))),
            What::NameRetired,
            "compatible",
        ),
    ];
    for (new, what, verdict) in table {
        let found = diff(&old, &new);
        let told: Vec<_> =
            found.changes.iter().map(|change| (change.what, change.verdict.as_str())).collect();
        assert_eq!(told, [(what, verdict)]);
    }
    let freed =
        diff(&with(&|version| drop(version.retired.insert("old".into(), "u32".into()))), &old);
    assert_eq!(freed.changes[0].what, What::NameFreed);
    let removed = diff(&with(&|version| version.accepted.push(acceptance())), &old);
    assert_eq!(removed.changes[0].what, What::AcceptanceRemoved);
}

#[test]
fn events_and_versions_come_and_go() {
    let first = || with(base()).latest(false);
    let one = Model::of_state(&locked(catalog(vec![with(base())])));
    let two = Model::of_state(&locked(catalog(vec![first(), with(base()).version(2)])));
    let none = Model::default();
    for (old, new, what) in [
        (&none, &one, What::EventAdded),
        (&one, &none, What::EventRemoved),
        (&one, &two, What::VersionAdded),
        (&two, &one, What::VersionRemoved),
    ] {
        let found = diff(old, new);
        assert_eq!(found.changes.iter().map(|change| change.what).collect::<Vec<_>>(), [what]);
    }
}

#[test]
fn a_locked_version_that_ends_is_major_in_every_mode() {
    let first = || with(base()).latest(false);
    let state = locked(catalog(vec![first(), with(base()).version(2)]));
    for mode in Mode::ALL {
        for stage in [Stage::Locked, Stage::Deprecated, Stage::Retired] {
            let mut old = state.clone();
            let version = old.lock.versions.get_mut(&key()).unwrap();
            (version.mode, version.stage) = (mode, stage);
            let (mut gone, mut retired) = (old.clone(), old.clone());
            gone.lock.versions.remove(&key());
            retired.lock.versions.get_mut(&key()).unwrap().stage = Stage::Retired;
            let old = Model::of_state(&old);
            let bump_of = |new: &State| {
                let diff = diff(&old, &Model::of_state(new));
                assert_eq!(
                    diff.bumps.keys().map(|key| key.version).collect::<Vec<_>>(),
                    [1, 2],
                    "every old version"
                );
                (diff.bumps[&key()], diff.bump())
            };
            assert_eq!(bump_of(&gone), (Bump::Major, Bump::Major), "removed: {mode:?} {stage:?}");
            let expected = if stage == Stage::Retired { Bump::None } else { Bump::Major };
            assert_eq!(bump_of(&retired), (expected, expected), "retired: {mode:?} {stage:?}");
        }
    }
    // All versions of the event.
    let gone = diff(&Model::of_state(&state), &Model::default());
    assert_eq!(gone.bumps.values().copied().collect::<Vec<_>>(), [Bump::Major, Bump::Major]);
}

#[test]
fn what_is_only_in_one_state_has_the_bump_that_readers_see() {
    let one = catalog(vec![with(base())]);
    let locked = Model::of_state(&locked(one));
    let (empty, nothing) =
        (State { lock: Lock::new("shop"), ..State::default() }, Model::default());
    let draft = Model::of_catalog(one, &empty).unwrap();
    for added in [&locked, &draft] {
        let found = diff(&nothing, added);
        assert_eq!(
            (found.bumps.len(), found.bump()),
            (0, Bump::None),
            "no reader relied on what is added"
        );
    }
    let dropped = diff(&draft, &nothing);
    assert_eq!(dropped.bumps.values().copied().collect::<Vec<_>>(), [Bump::None], "a draft may go");
    // An event under another name is one that is gone and one that is new.
    let renamed = with(base()).name(fixture::TASK_RUN_FAILED.name);
    let renamed = diff(&locked, &Model::of_catalog(catalog(vec![renamed]), &empty).unwrap());
    let whats: Vec<_> = renamed.changes.iter().map(|change| change.what).collect();
    assert_eq!((whats, renamed.bump()), (vec![What::EventRemoved, What::EventAdded], Bump::Major));
    assert_eq!(renamed.bumps.keys().collect::<Vec<_>>(), [&key()]);
}
