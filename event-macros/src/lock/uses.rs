//! The named types of a lock: their forms, the versions that reach them, and the field that is
//! responsible for a type of another package.

use event_grammar::fingerprint::Place;
use event_grammar::form::{self, Kind, SPREAD};
use event_grammar::lock::{Lock, Stage, TypesOf, Version, VersionKey};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Every named type of a lock.
pub(crate) struct Uses {
    /// Sorted by path; several forms of one path are adjacent.
    types: Vec<TypeUse>,
    /// The indexes of the types of each name.
    named: HashMap<String, Vec<usize>>,
    /// The types of other packages for which each field is responsible.
    spoken: HashMap<Speaker, BTreeSet<String>>,
}

/// A locked form of a type.
pub(crate) struct TypeUse {
    pub(crate) path: String,
    pub(crate) form: String,
    /// The whole fingerprint of the form.
    pub(crate) whole: u64,
    /// The types that the form reaches, by path.
    pub(crate) within: Vec<(String, String)>,
    pub(crate) users: Vec<Users>,
}

/// Locked versions with the same requirements for a type.
#[derive(PartialEq, Eq)]
pub(crate) struct Users {
    pub(crate) mode: u8,
    pub(crate) place: Place,
    /// The rule and the path of the accepted breaks of this type.
    pub(crate) accepted: Vec<(String, String)>,
    pub(crate) versions: Vec<VersionKey>,
}

/// A field that may be responsible for types of other packages: a field of an event, or of a type
/// of this package.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Speaker {
    Event(VersionKey, String),
    Type(String, String),
}

/// A type's path, its own form, and the fingerprint that the nested types give it.
type FormKey = (String, String, u64);

impl Uses {
    /// The named types of a lock, as the crate `krate` sees them.
    pub(crate) fn of(lock: &Lock, krate: &str) -> Self {
        let mut gathering = Gathering { krate, uses: BTreeMap::new(), spoken: BTreeMap::new() };
        for (key, version) in
            lock.versions.iter().filter(|(_, version)| version.stage != Stage::Retired)
        {
            for (_, revision) in version.asked() {
                gathering.revision(key, version, revision, &TypesOf::of(lock, revision));
            }
        }
        let mut spoken: HashMap<Speaker, BTreeSet<String>> = HashMap::new();
        for (path, speaker) in gathering.spoken {
            spoken.entry(speaker).or_default().insert(path);
        }
        let types: Vec<TypeUse> = gathering.uses.into_values().collect();
        let mut named: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, one) in types.iter().enumerate() {
            let path = one.path.split('<').next().unwrap_or_default();
            named
                .entry(path.rsplit("::").next().unwrap_or_default().to_owned())
                .or_default()
                .push(at);
        }
        Self { types, named, spoken }
    }

    /// The forms of the types with this name, in any module.
    pub(crate) fn named(&self, ident: &str) -> impl Iterator<Item = &TypeUse> {
        self.named.get(ident).into_iter().flatten().map(|at| &self.types[*at])
    }

    /// The forms of the types of other packages for which an event's field is responsible.
    pub(crate) fn of_event_field<'u>(
        &'u self,
        event: &str,
        version: u32,
        field: &str,
    ) -> Vec<&'u TypeUse> {
        self.spoken_by(&Speaker::Event(VersionKey::new(event, version), field.to_owned()))
    }

    /// As `of_event_field`, for a member of a type.
    pub(crate) fn of_type_member<'u>(&'u self, path: &str, member: &str) -> Vec<&'u TypeUse> {
        self.spoken_by(&Speaker::Type(path.to_owned(), member.to_owned()))
    }

    /// The types of other packages, each with the key of the responsible event (0 for a type), the
    /// path of the responsible type, and the field.
    pub(crate) fn spoken(&self) -> Vec<(Vec<&TypeUse>, u64, &str, &str)> {
        let mut all: Vec<(&Speaker, &BTreeSet<String>)> = self.spoken.iter().collect();
        all.sort_unstable();
        let of_path = |path: &str| -> Vec<&TypeUse> {
            self.types.iter().filter(|one| one.path == path).collect()
        };
        let spoken = all.into_iter().flat_map(|(speaker, paths)| {
            let (event, ty, member) = match speaker {
                Speaker::Event(key, field) => (
                    event_grammar::fingerprint::version(&key.event, key.version),
                    "",
                    field.as_str(),
                ),
                Speaker::Type(path, member) => (0, path.as_str(), member.as_str()),
            };
            paths.iter().map(move |path| (path, event, ty, member))
        });
        spoken.map(|(path, event, ty, member)| (of_path(path), event, ty, member)).collect()
    }

    fn spoken_by(&self, speaker: &Speaker) -> Vec<&TypeUse> {
        let Some(paths) = self.spoken.get(speaker) else { return Vec::new() };
        paths
            .iter()
            .flat_map(|path| {
                let from = self.types.partition_point(|one| one.path < *path);
                self.types[from..].iter().take_while(move |one| one.path == *path)
            })
            .collect()
    }
}

struct Gathering<'k> {
    krate: &'k str,
    uses: BTreeMap<FormKey, TypeUse>,
    /// For each type of another package, the first field that has the type, directly or through
    /// other types of other packages.
    spoken: BTreeMap<String, Speaker>,
}

impl Gathering<'_> {
    fn revision(
        &mut self,
        key: &VersionKey,
        version: &Version,
        revision: &event_grammar::lock::Revision,
        types: &TypesOf<'_>,
    ) {
        let mut open: Vec<(&str, Place)> = Vec::new();
        for (field, form) in &revision.fields {
            for path in TypesOf::paths_in(form) {
                open.push((path, Place::Payload));
                self.speak(path, &Speaker::Event(key.clone(), field.clone()), types);
            }
        }
        for (path, place) in &revision.groups {
            open.push((path, *place));
            self.speak(path, &Speaker::Event(key.clone(), String::new()), types);
        }
        let mut known: BTreeSet<(&str, Place)> = open.iter().copied().collect();
        while let Some((path, place)) = open.pop() {
            let Some(form) = types.get(path) else { continue };
            self.used(key, version, place, path, form, types);
            for (member, paths) in members_of(form) {
                for (inner, is_group) in paths {
                    // The fields of a bound group are bound with it; a nested value is a value of
                    // the payload.
                    let inner_place = if is_group { place } else { Place::Payload };
                    if self.is_own(path) {
                        self.speak(inner, &Speaker::Type(path.to_owned(), member.clone()), types);
                    }
                    if known.insert((inner, inner_place)) {
                        open.push((inner, inner_place));
                    }
                }
            }
        }
    }

    fn is_own(&self, path: &str) -> bool {
        path.split("::").next() == Some(self.krate)
    }

    /// Records the field that has a type, for this type and for the types of other packages in it.
    /// Fields of events come before fields of types.
    fn speak(&mut self, path: &str, speaker: &Speaker, types: &TypesOf<'_>) {
        let mut open = vec![path];
        while let Some(path) = open.pop() {
            if self.is_own(path) {
                continue;
            }
            match self.spoken.get_mut(path) {
                Some(known) if *known <= *speaker => continue,
                Some(known) => *known = speaker.clone(),
                None => {
                    self.spoken.insert(path.to_owned(), speaker.clone());
                }
            }
            if let Some(form) = types.get(path) {
                open.extend(TypesOf::paths_in(form));
            }
        }
    }

    fn used(
        &mut self,
        key: &VersionKey,
        version: &Version,
        place: Place,
        path: &str,
        form: &str,
        types: &TypesOf<'_>,
    ) {
        let whole = types.whole(form);
        let one =
            self.uses.entry((path.to_owned(), form.to_owned(), whole)).or_insert_with(|| TypeUse {
                path: path.to_owned(),
                form: form.to_owned(),
                whole,
                within: types
                    .reached(form)
                    .into_iter()
                    .map(|(path, form)| (path.to_owned(), form.to_owned()))
                    .collect(),
                users: Vec::new(),
            });
        let begin = format!("&{path}");
        let is_of_type = |accepted: &str| {
            accepted
                .strip_prefix(&begin)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        let accepted = version.accepted.iter().filter(|accepted| is_of_type(&accepted.path));
        let accepted: Vec<_> =
            accepted.map(|accepted| (accepted.rule.clone(), accepted.path.clone())).collect();
        let mode = version.mode.readers();
        let same = one
            .users
            .iter_mut()
            .find(|users| users.mode == mode && users.place == place && users.accepted == accepted);
        match same {
            Some(users) if users.versions.last() == Some(key) => {}
            Some(users) => users.versions.push(key.clone()),
            None => one.users.push(Users { mode, place, accepted, versions: vec![key.clone()] }),
        }
    }
}

/// The members of a type's form with the paths in each, and whether each is a group. A field of a
/// variant is `Variant.field`; the value of a newtype has no name.
pub(crate) fn members_of(form: &str) -> Vec<(String, Vec<(&str, bool)>)> {
    let values =
        |written| TypesOf::paths_in(text(written)).into_iter().map(|path| (path, false)).collect();
    let name = |written| form::unquoted(text(written));
    match form::kind(form.as_bytes()) {
        Kind::Object(list) | Kind::Group(list) => form::members(list)
            .map(|member| match form::kind(member.form) {
                Kind::Named(path) if member.name == SPREAD.as_bytes() => {
                    (String::new(), vec![(text(path), true)])
                }
                _ => (name(member.name), values(member.form)),
            })
            .collect(),
        Kind::Enum(_, list) => {
            let mut members = Vec::new();
            for variant in form::variants(list) {
                match variant.form {
                    [b'(', one @ .., b')'] => members.push((name(variant.name), values(one))),
                    [b'{', list @ .., b'}'] => {
                        members.extend(form::members(list).map(|member| {
                            (
                                format!("{}.{}", name(variant.name), name(member.name)),
                                values(member.form),
                            )
                        }));
                    }
                    _ => {}
                }
            }
            members
        }
        _ => vec![(String::new(), values(form.as_bytes()))],
    }
}

fn text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).unwrap_or_default()
}
