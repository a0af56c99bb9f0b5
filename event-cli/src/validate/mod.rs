//! `validate [FILE|-]..`: checks emitted events against the declarations.

mod args;
mod around;
mod cloud_event;
mod known;
mod lines;
mod record;
mod shape;
mod tally;
mod text_form;
mod value;
mod variant;
mod violation;

pub(crate) use args::ValidateArgs;

use crate::console::{Console, Ending};
use crate::environment::Env;
use crate::finding::{Finding, Place, Severity};
use args::FailOn;
use event_core::Catalog;
use event_core::meta::EventMeta;
use event_core::read::{Input, ReadErrorKind};
use event_grammar::suggest::{closest, hint};
use known::{Known, NotKnown};
use lines::{Line, Lines};
use record::Verdict;
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use tally::{Count, Tally};
use value::Check;
use violation::{Violation, Violations};

/// The name of standard input on the command line, and in messages.
const STDIN: (&str, &str) = ("-", "<stdin>");

/// The longest name that is printed and compared with the known names: comparing takes time with
/// its length, and no name of a catalog is nearly as long.
const LONGEST_NAME: usize = 128;

/// How many lines are read between two updates of the progress.
const STEP: u64 = 1 << 12;

pub(crate) fn run(
    catalog: &'static Catalog,
    args: &ValidateArgs,
    env: &Env,
    stdin: &mut dyn Read,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    console.choose(args.reporting.format);
    let known = Known::new(catalog);
    let check = Check { side: args.contract, mask: None };
    let mut validator = Validator {
        known: &known,
        check,
        tally: Tally::new(&known, &args.fail_on, args.limit),
        violations: Violations::default(),
    };
    let mut failed = None;
    for file in &args.files {
        let read = if file.as_os_str() == STDIN.0 {
            validator.read(Path::new(STDIN.1), Lines::new(&mut *stdin, args.max_line.0), console)
        } else {
            let opened = File::open(env.directory.join(file));
            opened.and_then(|opened| {
                validator.read(file, Lines::new(opened, args.max_line.0), console)
            })
        };
        if let Err(error) = read {
            let what = format!("cannot read `{}`: {error}", file.display());
            failed = Some(Ending::could_not_run(
                what,
                "the lines that were read before are counted".to_owned(),
            ));
            break;
        }
    }
    // Earlier findings are reported in either case.
    let told = console.report(&validator.tally.report());
    failed.map_or(told, Err)
}

struct Validator<'k> {
    known: &'k Known,
    check: Check,
    tally: Tally<'k>,
    violations: Violations,
}

impl Validator<'_> {
    fn read<R: Read>(
        &mut self,
        file: &Path,
        mut lines: Lines<R>,
        console: &mut Console<'_>,
    ) -> io::Result<()> {
        while let Some((number, line)) = lines.next()? {
            self.line(file, number, &line);
            if self.tally.lines().is_multiple_of(STEP) {
                console.progress(|| format!("{} lines", self.tally.lines()));
            }
        }
        Ok(())
    }

    fn line(&mut self, file: &Path, number: u64, line: &Line<'_>) {
        let place = || Place::file(file).line(u32::try_from(number).unwrap_or(u32::MAX));
        let (bytes, ended) = match line {
            Line::Whole { bytes, ended } => (*bytes, *ended),
            Line::TooLong => {
                return self.no_event("the line is longer than `--max-line` allows", place);
            }
        };
        // A record is read after a byte order mark, which some editors write at the start of a
        // file. So a line with only the mark is blank.
        if bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).iter().all(u8::is_ascii_whitespace)
        {
            return self.tally.count(Count::Blank, None);
        }
        let text = match str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                return self.no_event(
                    &format!("not UTF-8, from byte {} on", error.valid_up_to() + 1),
                    place,
                );
            }
        };
        self.violations.clear();
        match record::verdict(text, self.known, self.check, &mut self.violations) {
            // A truncated record at the end: its writer did not finish it.
            Verdict::NoEvent(_) if !ended && is_cut(text) => {
                self.no_event("the file ends within this line", place);
            }
            Verdict::NoEvent(what) => self.no_event(&what, place),
            Verdict::Unknown { name, version, why } => self.unknown(&name, version, &why, place),
            Verdict::Event { at, alias } => self.event(at, alias.as_deref(), place),
        }
    }

    fn no_event(&mut self, what: &str, place: impl Fn() -> Place) {
        self.tally.count(Count::Invalid, None);
        let severity = self.tally.severity(FailOn::Invalid);
        self.tally.find("EV0406", severity, || {
            Finding::error("EV0406", format!("the line is not an event: {what}")).at(place())
        });
    }

    fn unknown(&mut self, name: &str, version: u64, why: &NotKnown, place: impl Fn() -> Place) {
        self.tally.count(Count::Unknown, None);
        let (severity, known) = (self.tally.severity(FailOn::Unknown), self.known);
        match why {
            NotKnown::Name => self.tally.find("EV0401", severity, || {
                let names = if name.len() > LONGEST_NAME { Vec::new() } else { known.names(name) };
                let hint = hint(name, names.iter().copied());
                Finding::error("EV0401", format!("no event is called `{}`{hint}", cut(name)))
                    .help(
                        "declare it, or fix the code that emits it; a legacy name becomes an \
                         `alias(..)` of its event",
                    )
                    .at(place())
            }),
            NotKnown::Version => self.tally.find("EV0402", severity, || {
                let versions: Vec<_> = known.versions(name).iter().map(u32::to_string).collect();
                Finding::error("EV0402", format!("`{name}` has no version {version}"))
                    .help(format!(
                        "it has {}; check whether the catalog is older than the emitter",
                        versions.join(", ")
                    ))
                    .at(place())
            }),
        }
    }

    fn event(&mut self, at: usize, alias: Option<&str>, place: impl Fn() -> Place) {
        let meta = self.known.declared()[at].meta;
        let is_valid = self.violations.found().is_empty() && self.violations.illegal.is_none();
        self.tally.count(if is_valid { Count::Valid } else { Count::Invalid }, Some(at));
        let severity = self.tally.severity(FailOn::Invalid);
        for violation in self.violations.found() {
            self.tally.find("EV0403", severity, || {
                told(violation, &self.known.declared()[at]).at(place().pointer(&violation.pointer))
            });
        }
        if let Some((pointer, from, to)) = &self.violations.illegal {
            self.tally.find("EV0407", severity, || {
                let [from, to] = [from, to].map(|state| state.unwrap_or("null"));
                let what = format!(
                    "{}: `{pointer}`: its transitions have no step `{from} -> {to}`",
                    named(meta)
                );
                let steps: Vec<_> = meta.transitions().iter().map(ToString::to_string).collect();
                let help = format!("the legal steps are {}", steps.join(", "));
                Finding::error("EV0407", what).help(help).event(meta).at(place().pointer(pointer))
            });
        }
        if let Some(why) = meta.governance.deprecated {
            let severity = self.tally.severity(FailOn::Deprecated);
            self.tally.find("EV0404", severity, || {
                let finding =
                    Finding::warning("EV0404", format!("{} is deprecated: {why}", named(meta)));
                let help = match meta.governance.replaced_by {
                    Some(other) => format!("emit `{other}` instead"),
                    None => "stop emitting it".to_owned(),
                };
                finding.help(help).event(meta).at(place())
            });
        }
        if let Some(alias) = alias {
            self.tally.find("EV0405", Severity::Note, || {
                let what = format!("`{alias}` is a legacy name of {}", named(meta));
                Finding::note("EV0405", what)
                    .help(format!("emit it as `{}`", meta.name.snake))
                    .event(meta)
                    .at(place())
            });
        }
        for (pointer, name) in &self.violations.legacy {
            self.tally.find("EV0405", Severity::Note, || {
                let what = format!("{}: `{pointer}` is a legacy name of `{name}`", named(meta));
                Finding::note("EV0405", what)
                    .help(format!("write `{name}`"))
                    .event(meta)
                    .at(place().pointer(pointer))
            });
        }
    }
}

fn told(violation: &Violation, event: &known::Declared) -> Finding {
    let meta = event.meta;
    let finding = Finding::error(
        "EV0403",
        format!("{}: `{}`: {}", named(meta), violation.pointer, violation.what),
    )
    .event(meta);
    let names = event.fields.iter().chain(&event.wide).map(|field| field.name);
    let key = violation.undeclared.as_deref().filter(|key| key.len() <= LONGEST_NAME);
    match key.and_then(|key| closest(key, names)) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding,
    }
}

fn named(meta: &EventMeta) -> String {
    format!("`{}` v{}", meta.name.snake, meta.version)
}

/// A name, cut to the longest length.
fn cut(name: &str) -> Cow<'_, str> {
    match name.char_indices().nth(LONGEST_NAME) {
        Some((end, _)) => Cow::Owned(format!("{}…", &name[..end])),
        None => Cow::Borrowed(name),
    }
}

/// Whether the text may be the truncated beginning of a record.
fn is_cut(text: &str) -> bool {
    Input::parse(text).is_err_and(|error| matches!(error.kind(), ReadErrorKind::Syntax { .. }))
}
