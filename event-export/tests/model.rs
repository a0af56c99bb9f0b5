//! Exports, edits and crashes in any order, against a model that knows who wrote each file: nothing
//! of a person is lost, and nothing stale of an export remains.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test may")]

use event_export::{DirectoryPlan, File, FileState, FileStep, KeptWhy, MANIFEST, Manifest};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

const PATHS: [&str; 5] = ["a.json", "b.json", "c/d.txt", "c/e.txt", "index.json"];
const EXPORTERS: [&str; 2] = ["json-schema", "names"];

/// Who wrote what is in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Writer {
    Exporter(&'static str),
    Person,
}

#[derive(Clone, Debug)]
enum Act {
    /// An exporter gives files: for each path, which text if any. It may be killed.
    Export {
        exporter: usize,
        texts: Vec<Option<u8>>,
        killed_after: Option<usize>,
    },
    /// A person writes a text of their own.
    Write {
        path: usize,
    },
    /// A person takes the edit back: the text is the one that an exporter wrote last.
    Undo {
        path: usize,
    },
    Remove {
        path: usize,
    },
    /// A checkout changes the line endings.
    Endings {
        path: usize,
    },
    /// A person removes the list: nothing is known of the files that are there.
    Forget,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let path = || 0..PATHS.len();
    let texts = || prop::collection::vec(prop::option::weighted(0.6, 0..3_u8), PATHS.len());
    let export = |killed: BoxedStrategy<Option<usize>>| {
        (0..EXPORTERS.len(), texts(), killed).prop_map(|(exporter, texts, killed_after)| {
            Act::Export { exporter, texts, killed_after }
        })
    };
    let act = prop_oneof![
        4 => export(Just(None).boxed()),
        2 => export((0..6_usize).prop_map(Some).boxed()),
        2 => path().prop_map(|path| Act::Write { path }),
        1 => path().prop_map(|path| Act::Undo { path }),
        1 => path().prop_map(|path| Act::Remove { path }),
        1 => path().prop_map(|path| Act::Endings { path }),
        1 => Just(Act::Forget),
    ];
    prop::collection::vec(act, 1..14)
}

/// A directory, and who wrote what is in it.
#[derive(Default)]
struct World {
    files: BTreeMap<String, String>,
    writers: BTreeMap<String, Writer>,
    /// The text that an exporter wrote last.
    exported: BTreeMap<String, (&'static str, String)>,
    /// Paths that an exporter was ever asked for.
    asked: BTreeSet<(&'static str, String)>,
    texts: u32,
}

fn list(files: &BTreeMap<String, String>) -> Manifest {
    let list = files.get(MANIFEST).map(|text| Manifest::parse(text.as_bytes()).unwrap());
    list.unwrap_or_default()
}

fn plan<'f>(
    now: &BTreeMap<String, String>,
    exporter: &str,
    files: &'f [File],
) -> DirectoryPlan<'f> {
    let read = |path: &str| Ok::<_, Infallible>(now.get(path).cloned().map(String::into_bytes));
    let Ok(plan) = DirectoryPlan::new(exporter, String::new(), files, &list(now), read);
    plan
}

fn lf(text: &str) -> String {
    text.replace("\r\n", "\n")
}

impl World {
    fn act(&mut self, act: &Act) {
        match act {
            Act::Export { exporter, texts, killed_after } => {
                let exporter = EXPORTERS[*exporter];
                let given = PATHS.iter().zip(texts).filter_map(|(path, text)| {
                    let contents = format!("{exporter} {path} {}\n", (*text)?);
                    Some(File { path: (*path).to_owned(), contents })
                });
                self.export(exporter, &given.collect::<Vec<_>>(), *killed_after);
            }
            Act::Write { path } => {
                self.texts += 1;
                self.files.insert(PATHS[*path].into(), format!("of a person {}\n", self.texts));
                self.writers.insert(PATHS[*path].into(), Writer::Person);
            }
            Act::Undo { path } => {
                if let Some((exporter, text)) = self.exported.get(PATHS[*path]) {
                    self.files.insert(PATHS[*path].into(), text.clone());
                    self.writers.insert(PATHS[*path].into(), Writer::Exporter(exporter));
                }
            }
            Act::Remove { path } => {
                self.files.remove(PATHS[*path]);
                self.writers.remove(PATHS[*path]);
            }
            Act::Endings { path } => {
                if let Some(text) = self.files.get_mut(PATHS[*path]) {
                    *text = lf(text).replace('\n', "\r\n");
                }
            }
            Act::Forget => {
                self.files.remove(MANIFEST);
                self.exported.clear();
                self.writers.values_mut().for_each(|writer| *writer = Writer::Person);
            }
        }
    }

    fn export(&mut self, exporter: &'static str, given: &[File], killed_after: Option<usize>) {
        self.asked.extend(given.iter().map(|file| (exporter, file.path.clone())));
        let before = self.files.clone();
        let plan_now = plan(&before, exporter, given);
        let steps = plan_now.steps();
        for step in &steps[..killed_after.map_or(steps.len(), |step| step.min(steps.len()))] {
            match step {
                FileStep::Write { path, contents } => {
                    self.files.insert((*path).to_owned(), (*contents).to_owned())
                }
                FileStep::Remove { path } => self.files.remove(*path),
            };
        }
        for path in PATHS {
            let text = given.iter().find(|file| file.path == path).map(|file| &*file.contents);
            self.hold(exporter, path, text, &before, &plan_now, killed_after.is_none());
        }
        if killed_after.is_none() {
            let again = plan(&self.files, exporter, given);
            assert_eq!((again.changes, again.kept), (Vec::new(), plan_now.kept));
        }
    }

    /// What has to hold of one path after an export, and who wrote the file now.
    fn hold(
        &mut self,
        exporter: &'static str,
        path: &str,
        given: Option<&str>,
        before: &BTreeMap<String, String>,
        plan: &DirectoryPlan<'_>,
        is_whole: bool,
    ) {
        let (old, new) = (before.get(path), self.files.get(path));
        let own = Writer::Exporter(exporter);
        let writer = self.writers.get(path).copied();
        let kept = plan.kept.iter().find(|kept| kept.path == path).map(|kept| &kept.why);
        let change = plan.changes.iter().find(|change| change.path == path);
        let is_same = old.is_some_and(|old| given.is_some_and(|given| lf(old) == given));
        if let Some(KeptWhy::OfExporter(other)) = kept {
            assert_eq!(old, new, "{path} is another exporter's");
            assert!(self.asked.iter().any(|(asked, file)| asked == other && file == path));
            return;
        }
        match writer {
            Some(Writer::Person) if is_same && !is_whole => {
                assert_eq!(old, new, "{path} is as it should be");
                // It is the export's from now on, unless it was killed too early to list it.
                if list(&self.files).files().any(|found| found == (path, exporter)) {
                    self.writers.insert(path.to_owned(), own);
                }
            }
            Some(Writer::Person) if !is_same => {
                assert_eq!(old, new, "{path} is a person's");
                assert!(kept.is_some() || given.is_none(), "{path} is reported");
            }
            Some(Writer::Exporter(other)) if other != exporter => {
                assert_eq!(old, new, "{path} is of {other}");
            }
            None if given.is_none() => {
                assert_eq!((old, new, change), (None, None, None));
                // The list forgets it.
                self.exported.retain(|file, (by, _)| file != path || *by != exporter);
            }
            _ => {
                assert_eq!(kept, None, "{path} is the export's own");
                let is_done = new.map(|new| lf(new)).as_deref() == given;
                assert!(is_done || (!is_whole && old == new), "{path}: {old:?} {new:?}");
                let expected = match (old, given) {
                    (None, Some(_)) => Some(FileState::Missing),
                    (Some(_), None) => Some(FileState::Stale),
                    _ if is_same => None,
                    _ => Some(FileState::Changed),
                };
                assert_eq!(change.map(|change| change.state), expected, "{path}");
                if is_done {
                    self.written(exporter, path);
                }
            }
        }
    }

    /// The export did what it was asked for: a file that is there is its own.
    fn written(&mut self, exporter: &'static str, path: &str) {
        match self.files.get(path) {
            Some(text) => {
                self.writers.insert(path.to_owned(), Writer::Exporter(exporter));
                self.exported.insert(path.to_owned(), (exporter, text.clone()));
            }
            None => {
                self.writers.remove(path);
                self.exported.remove(path);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn nothing_of_a_person_is_lost_and_nothing_stale_remains(acts in acts()) {
        let mut world = World::default();
        for act in &acts {
            world.act(act);
        }
    }
}
