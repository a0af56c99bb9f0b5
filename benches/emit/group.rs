//! Contenders for one thing, measured in turns and printed as one table, with what they are to
//! reach.

use crate::callgrind;
use event_benches::{Table, Target};
use std::io;
use std::time::Instant;

pub(crate) const BATCH: u32 = 2_000;

/// One way to emit an event.
pub(crate) struct Contender {
    pub(crate) name: &'static str,
    /// Emits so many events.
    run: Box<dyn FnMut(u32)>,
}

/// What is measured together, in a process of its own: each may install its emitter.
pub(crate) struct Group {
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    pub(crate) contenders: fn() -> Vec<Contender>,
    /// The contender that the others are set against.
    pub(crate) baseline: &'static str,
    pub(crate) comparisons: &'static [Comparison],
}

/// What is to be reached.
pub(crate) struct Comparison {
    pub(crate) what: &'static str,
    pub(crate) above: &'static str,
    pub(crate) below: &'static str,
    pub(crate) target: Target,
    pub(crate) by: By,
}

#[derive(Clone, Copy)]
pub(crate) enum By {
    Ratio,
    Difference,
}

/// What was measured of one contender, for one event.
struct Cost {
    name: &'static str,
    ns: f64,
    instructions: Option<f64>,
}

impl Contender {
    pub(crate) fn new<T>(name: &'static str, input: T, mut emit: impl FnMut(&T) + 'static) -> Self
    where
        T: 'static,
    {
        let run = move |events| {
            for _ in 0..events {
                emit(std::hint::black_box(&input));
            }
        };
        Self { name, run: Box::new(run) }
    }

    /// One that enters something before it emits, and leaves it afterwards.
    pub(crate) fn within<T, G>(name: &'static str, input: T, enter: fn() -> G, emit: fn(&T)) -> Self
    where
        T: 'static,
        G: 'static,
    {
        let run = move |events| {
            let _entered = enter();
            for _ in 0..events {
                emit(std::hint::black_box(&input));
            }
        };
        Self { name, run: Box::new(run) }
    }

    /// Emits so many events.
    pub(crate) fn run(&mut self, events: u32) {
        (self.run)(events);
    }
}

impl Comparison {
    pub(crate) const fn ratio(
        what: &'static str,
        above: &'static str,
        below: &'static str,
        target: Target,
    ) -> Self {
        Self { what, above, below, target, by: By::Ratio }
    }

    pub(crate) const fn difference(
        what: &'static str,
        above: &'static str,
        below: &'static str,
        target: Target,
    ) -> Self {
        Self { what, above, below, target, by: By::Difference }
    }

    fn of(&self, above: f64, below: f64) -> f64 {
        match self.by {
            By::Ratio => above / below,
            By::Difference => above - below,
        }
    }
}

impl Group {
    pub(crate) fn measure(&self, rounds: u32) -> io::Result<()> {
        let costs = self.costs(rounds)?;
        let of = |name: &str| costs.iter().find(|cost| cost.name == name);
        let Some(baseline) = of(self.baseline) else { return Err(io::Error::other("no baseline")) };
        let mut table = Table::new(&["contender", "ns", "×", "instructions", "×"]);
        for cost in &costs {
            let ratio =
                cost.instructions.zip(baseline.instructions).map(|(one, other)| one / other);
            table.row([
                cost.name.to_owned(),
                format!("{:.1}", cost.ns),
                format!("{:.2}", cost.ns / baseline.ns),
                counted(cost.instructions, 0),
                counted(ratio, 2),
            ]);
        }
        println!(
            "{}\n× {}; the least of {rounds} rounds of {BATCH} events\n\n{table}",
            self.title, self.baseline
        );
        let mut table =
            Table::new(&["target", "by ns", "by instructions", "verdict, by instructions"]);
        for comparison in self.comparisons {
            let (Some(above), Some(below)) = (of(comparison.above), of(comparison.below)) else {
                continue;
            };
            let by_instructions = above.instructions.zip(below.instructions);
            let measured = by_instructions.map(|(above, below)| comparison.of(above, below));
            table.row([
                comparison.what.to_owned(),
                format!("{:.2}", comparison.of(above.ns, below.ns)),
                counted(measured, 2),
                measured.map_or_else(String::new, |measured| comparison.target.verdict(measured)),
            ]);
        }
        println!("{table}");
        Ok(())
    }

    fn costs(&self, rounds: u32) -> io::Result<Vec<Cost>> {
        let mut contenders = (self.contenders)();
        let mut least = vec![f64::INFINITY; contenders.len()];
        for _ in 0..rounds {
            for (contender, least) in contenders.iter_mut().zip(&mut least) {
                let start = Instant::now();
                contender.run(BATCH);
                *least = least.min(start.elapsed().as_secs_f64() * 1e9 / f64::from(BATCH));
            }
        }
        let counts = callgrind::is_there();
        let cost = |(contender, ns): (&Contender, f64)| {
            let instructions =
                counts.then(|| callgrind::instructions(self.name, contender.name)).transpose()?;
            Ok(Cost { name: contender.name, ns, instructions })
        };
        contenders.iter().zip(least).map(cost).collect()
    }
}

fn counted(figure: Option<f64>, digits: usize) -> String {
    figure.map_or_else(|| "not counted".to_owned(), |figure| format!("{figure:.digits$}"))
}
