//! One direction: is everything that one schema writes read by the other?

use crate::arena::Arena;
use crate::explain::{Failure, Side, explain, follow};
use crate::lower::{Excused, lower};
use crate::reasons::reasons;
use crate::report::{Finding, Reader, Report, Verdict};
use crate::rules;
use crate::solve::{Answer, Solver};
use crate::source::{Draft, Source, Unreadable};
use crate::tri::Tri;
use crate::words;
use serde_json::Value;

/// A check ends after so many findings.
const FINDINGS: usize = 32;

/// What it takes to prepare a question, by node, in the solver's measure of work.
const PER_NODE: usize = 40;

/// Every way in which the reader refuses what the writer writes, for so much work.
///
/// One question gives one witness, and the witness one keyword that refuses it. The keyword is then
/// left out of account, and the question asked again.
pub(crate) fn check_within(writer: &Value, reader: &Value, who: Reader, steps: usize) -> Report {
    check_as(writer, reader, who, steps, Draft::Unstated)
}

/// The same in a draft that schemas are taken for where they name none.
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
    // In an order that does not depend on how they were found.
    report.findings.sort_by(|one, other| (&one.new, &one.old).cmp(&(&other.new, &other.old)));
    report
}

/// A question, answered, with what it was about.
struct Asked<'a> {
    answer: Answer,
    solver: Solver,
    writer: Side<'a>,
    reader: Side<'a>,
}

struct Search<'a, 's> {
    writer: &'a Source<'s>,
    reader: &'a Source<'s>,
    who: Reader,
    excused: Excused,
    steps: usize,
}

impl<'a> Search<'a, '_> {
    fn run(&mut self) -> Result<Report, Unreadable> {
        if self.writer.root == self.reader.root {
            // Whatever it means, it means the same; but it has to be a schema.
            return lower(&mut Arena::default(), self.writer, &Excused::default())
                .map(|_| Report::default());
        }
        let mut report = Report::default();
        let mut as_is = Arena::default();
        let mut lowered = lower(&mut as_is, self.reader, &Excused::default())?;
        lowered.map(&as_is.unify());
        loop {
            let Asked { answer, solver, writer, reader } = self.ask()?;
            match answer {
                Answer::Nothing => return Ok(report),
                Answer::Unknown => {
                    // What was found stands; only whether it is all of it is open.
                    if report.findings.is_empty() {
                        report.verdict = Verdict::Undecided;
                        report.undecided = reasons(&solver, &writer, &reader);
                    }
                    return Ok(report);
                }
                Answer::Witness(witness) => {
                    match as_is.evaluate(lowered.root, &witness) {
                        Tri::False => {}
                        // Within `oneOf` and `not`, leaving something out of account may refuse
                        // more: that is no finding.
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

    /// What the writer writes and the reader, as far as it is not excused, refuses.
    fn ask(&mut self) -> Result<Asked<'a>, Unreadable> {
        let mut arena = Arena::default();
        // What is the same on both sides becomes the same node, and is then no question.
        let mut writer = lower(&mut arena, self.writer, &Excused::default())?;
        let mut reader = lower(&mut arena, self.reader, &self.excused)?;
        let prepared = arena.len() * PER_NODE;
        let classes = arena.unify();
        writer.map(&classes);
        reader.map(&classes);
        let mut solver = Solver::new(arena, self.steps.saturating_sub(prepared));
        let answer = solver.answer(&[(writer.root, true), (reader.root, false)]);
        self.steps = solver.work_left();
        let writer = Side { source: self.writer, lowered: writer };
        let reader = Side { source: self.reader, lowered: reader };
        Ok(Asked { answer, solver, writer, reader })
    }

    /// Leaves what failed out of account; false if it was already.
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
