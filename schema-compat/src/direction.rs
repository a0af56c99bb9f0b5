//! One direction: does one schema accept everything that the other schema allows to be written?

use crate::arena::Arena;
use crate::explain::{Failure, Side, explain, follow};
use crate::lower::{Excused, Lowered, lower};
use crate::reasons::reasons;
use crate::report::{Finding, Reader, Report, Verdict};
use crate::rules;
use crate::solve::{Answer, Solver};
use crate::source::{Draft, Source, Unreadable};
use crate::tri::Tri;
use crate::words;
use serde_json::Value;

/// The maximum number of findings of a check.
const FINDINGS: usize = 32;

/// The cost of preparing a question, per node, in the solver's unit of work.
const PER_NODE: usize = 40;

/// Finds the ways in which the reader refuses what the writer writes, within a limit of work.
///
/// One question gives one witness, and the witness gives one keyword that refuses it. That keyword
/// is then ignored, and the question is asked again.
pub(crate) fn check_within(writer: &Value, reader: &Value, who: Reader, steps: usize) -> Report {
    check_as(writer, reader, who, steps, Draft::Unstated)
}

/// Checks as [`check_within`] does, with a draft for schemas that name none.
pub(crate) fn check_as(
    writer: &Value,
    reader: &Value,
    who: Reader,
    steps: usize,
    draft: Draft,
) -> Report {
    let [writer_is, reader_is] = who.roles();
    let decided = Source::read_as(writer, writer_is, draft).and_then(|writer| {
        let reader = Source::read_as(reader, reader_is, draft)?;
        let excused = Excused::default();
        Search { writer: &writer, reader: &reader, who, excused, steps }.run()
    });
    let mut report = decided.unwrap_or_else(|error| Report::unreadable(&error));
    // A fixed order, independent of the order of discovery.
    report.findings.sort_by(|one, other| (&one.new, &one.old).cmp(&(&other.new, &other.old)));
    report
}

/// An answered question and its subject.
struct Asked {
    answer: Answer,
    solver: Solver,
    writer: Lowered,
    reader: Lowered,
}

struct Search<'a, 's> {
    writer: &'a Source<'s>,
    reader: &'a Source<'s>,
    who: Reader,
    excused: Excused,
    steps: usize,
}

impl Search<'_, '_> {
    fn run(&mut self) -> Result<Report, Unreadable> {
        if self.writer.root == self.reader.root {
            // An equal schema has the same meaning, but it must be valid.
            return lower(&mut Arena::default(), self.writer, &Excused::default())
                .map(|_| Report::default());
        }
        let mut report = Report::default();
        let mut as_is = Arena::default();
        let mut lowered = lower(&mut as_is, self.reader, &Excused::default())?;
        lowered.map(&as_is.unify());
        loop {
            let Asked { answer, solver, writer, reader } = self.ask()?;
            let writer = Side { source: self.writer, lowered: &writer };
            let reader = Side { source: self.reader, lowered: &reader };
            match answer {
                Answer::Nothing => return Ok(report),
                Answer::Unknown => {
                    // The findings are certain; only their completeness is open.
                    if report.findings.is_empty() {
                        report.verdict = Verdict::Undecided;
                        report.undecided = reasons(&solver, &writer, &reader);
                    }
                    return Ok(report);
                }
                Answer::Witness(witness) => {
                    match as_is.evaluate(lowered.root, &witness) {
                        Tri::False => {}
                        // Within `oneOf` and `not`, ignoring a keyword may refuse more payloads.
                        // Such a payload is not a finding.
                        Tri::True => return Ok(report),
                        Tri::Unknown => {
                            if report.findings.is_empty() {
                                report.verdict = Verdict::Undecided;
                                report.undecided = reasons(&solver, &writer, &reader);
                            }
                            return Ok(report);
                        }
                    }
                    report.verdict = Verdict::Incompatible;
                    let failure = explain(&solver.arena, &reader, &witness);
                    let is_new = failure.as_ref().is_some_and(|failure| self.excuse(failure));
                    report.findings.push(self.finding(&solver.arena, &writer, failure, witness));
                    if !is_new || report.findings.len() >= FINDINGS {
                        return Ok(report);
                    }
                }
            }
        }
    }

    /// Asks for a payload that the writer writes and the reader refuses, ignoring the excused
    /// keywords.
    fn ask(&mut self) -> Result<Asked, Unreadable> {
        let mut arena = Arena::default();
        // Equal parts of both sides become the same node, which needs no question.
        let mut writer = lower(&mut arena, self.writer, &Excused::default())?;
        let mut reader = lower(&mut arena, self.reader, &self.excused)?;
        let prepared = arena.len() * PER_NODE;
        let classes = arena.unify();
        writer.map(&classes);
        reader.map(&classes);
        let mut solver = Solver::new(arena, self.steps.saturating_sub(prepared));
        let answer = solver.answer(&[(writer.root, true), (reader.root, false)]);
        self.steps = solver.work_left();
        Ok(Asked { answer, solver, writer, reader })
    }

    /// Ignores the failed keyword from now on; false if it is already ignored.
    fn excuse(&mut self, failure: &Failure) -> bool {
        match &failure.property {
            Some(name) => self.excused.properties.insert((failure.schema.clone(), name.clone())),
            None => self.excused.pointers.insert(failure.pointer.clone()),
        }
    }

    fn finding(
        &self,
        arena: &Arena,
        writer: &Side<'_>,
        failure: Option<Failure>,
        witness: Value,
    ) -> Finding {
        let Some(failure) = failure else {
            return Finding {
                rule: rules::named("refused"),
                reader: Some(self.who),
                old: String::new(),
                new: String::new(),
                version: 0,
                message: words::broken(
                    "the payload",
                    self.who,
                    rules::named("refused").explanation,
                ),
                witness: Some(witness),
            };
        };
        let rule = rules::of_keyword(failure.keyword, self.who);
        let written = follow(arena, writer, &witness, &failure);
        let (old, new) = match self.who {
            Reader::New => (written, failure.pointer.clone()),
            Reader::Old => (failure.pointer.clone(), written),
        };
        let names_it = matches!(failure.keyword, "required" | "dependentRequired" | "dependencies");
        let missing = if names_it { self.reader.root.pointer(&failure.pointer) } else { None };
        let property = failure.property.as_deref().or_else(|| missing.and_then(Value::as_str));
        let message = words::broken(
            &words::part(&witness, &failure.path, property),
            self.who,
            rule.explanation,
        );
        Finding {
            rule,
            reader: Some(self.who),
            old,
            new,
            version: 0,
            message,
            witness: Some(witness),
        }
    }
}
