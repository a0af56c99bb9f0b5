//! Random trees of scopes, done and held against lists of bindings.

use super::{NOTHING, bound, request, user};
use event_core::context::{Bind, ContextGuard};
use event_core::{Context, InContext};
use proptest::prelude::*;
use std::pin::Pin;
use std::task::{self, Poll, Waker};

/// One thing bound: in the place of a request or of a user.
#[derive(Clone, Copy, Debug)]
struct Bound {
    is_user: bool,
    id: u32,
}

/// What a scope does to what is bound around it.
#[derive(Clone, Debug)]
enum Scope {
    Bind(Bound),
    /// Everything, as it was when it was captured.
    Replace(Vec<Bound>),
}

/// The innermost of each, as the context should answer.
fn visible(scopes: &[Scope]) -> [Option<u32>; 2] {
    innermost(&list(scopes))
}

/// What is bound in scopes, outermost first.
fn list(scopes: &[Scope]) -> Vec<Bound> {
    let mut list = Vec::new();
    for scope in scopes {
        match scope {
            Scope::Bind(bound) => list.push(*bound),
            Scope::Replace(captured) => list.clone_from(captured),
        }
    }
    list
}

fn innermost(list: &[Bound]) -> [Option<u32>; 2] {
    [false, true].map(|is_user| {
        list.iter().rev().find(|bound| bound.is_user == is_user).map(|bound| bound.id)
    })
}

fn enter(bound: Bound) -> ContextGuard {
    if bound.is_user { user(bound.id).enter() } else { request(bound.id).enter() }
}

fn with(context: &Context, bound: Bound) -> Context {
    if bound.is_user { context.with(&user(bound.id)) } else { context.with(&request(bound.id)) }
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Bind {
        is_user: bool,
    },
    /// Drops the guard at a place, modulo how many there are.
    Unbind(usize),
    Capture,
    /// Adds to a captured context, and keeps the sum.
    Extend(usize, bool),
    Enter(usize),
    EnterEmpty,
    /// Asks on another thread, in a captured context.
    Elsewhere(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => any::<bool>().prop_map(|is_user| Step::Bind { is_user }),
        4 => any::<usize>().prop_map(Step::Unbind),
        2 => Just(Step::Capture),
        1 => (any::<usize>(), any::<bool>()).prop_map(|(at, is_user)| Step::Extend(at, is_user)),
        2 => any::<usize>().prop_map(Step::Enter),
        1 => Just(Step::EnterEmpty),
        1 => any::<usize>().prop_map(Step::Elsewhere),
    ]
}

/// What a thread has done so far, in truth and in the model.
#[derive(Default)]
struct Thread {
    guards: Vec<ContextGuard>,
    scopes: Vec<Scope>,
    captured: Vec<(Context, Vec<Bound>)>,
    next: u32,
}

impl Thread {
    fn new_bound(&mut self, is_user: bool) -> Bound {
        self.next += 1;
        Bound { is_user, id: self.next }
    }

    fn captured(&self, at: usize) -> (Context, Vec<Bound>) {
        let place = at.checked_rem(self.captured.len());
        place.map_or_else(|| (Context::empty(), Vec::new()), |place| self.captured[place].clone())
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::Bind { is_user } => {
                let bound = self.new_bound(is_user);
                self.guards.push(enter(bound));
                self.scopes.push(Scope::Bind(bound));
            }
            Step::Unbind(at) => {
                if let Some(place) = at.checked_rem(self.guards.len()) {
                    drop(self.guards.remove(place));
                    self.scopes.remove(place);
                }
            }
            Step::Capture => self.captured.push((Context::current(), list(&self.scopes))),
            Step::Extend(at, is_user) => {
                let bound = self.new_bound(is_user);
                let (context, list) = self.captured(at);
                self.captured.push((with(&context, bound), [list, vec![bound]].concat()));
            }
            Step::Enter(at) => {
                let (context, list) = self.captured(at);
                self.guards.push(context.enter());
                self.scopes.push(Scope::Replace(list));
            }
            Step::EnterEmpty => {
                self.guards.push(Context::empty().enter());
                self.scopes.push(Scope::Replace(Vec::new()));
            }
            Step::Elsewhere(at) => {
                let (context, list) = self.captured(at);
                let seen = std::thread::spawn(move || {
                    let before = bound();
                    let guard = context.enter();
                    let within = bound();
                    drop(guard);
                    [before, within, bound()]
                });
                assert_eq!(seen.join().unwrap(), [NOTHING, innermost(&list), NOTHING]);
            }
        }
    }
}

/// A future in scopes of its own, and what it should see on top of what is bound where it is
/// polled.
struct Task {
    future: Pin<Box<dyn Future<Output = ()> + Send>>,
    scopes: Vec<Scope>,
    polls: usize,
}

/// Sees, each time that it is polled, what the poll says it should.
struct Sees {
    polls: usize,
}

thread_local! {
    static EXPECTED: std::cell::Cell<[Option<u32>; 2]> = const { std::cell::Cell::new(NOTHING) };
}

impl Future for Sees {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut task::Context<'_>) -> Poll<()> {
        assert_eq!(bound(), EXPECTED.get());
        self.polls -= 1;
        if self.polls == 0 { Poll::Ready(()) } else { Poll::Pending }
    }
}

impl Drop for Sees {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert_eq!(bound(), EXPECTED.get(), "it is dropped within its context");
        }
    }
}

/// Scopes around a future, outermost first, each bound or replaced.
fn task(scopes: Vec<Scope>, polls: usize) -> Task {
    let mut future: Pin<Box<dyn Future<Output = ()> + Send>> = Box::pin(Sees { polls });
    for scope in scopes.iter().rev() {
        future = match scope {
            Scope::Bind(bound) if bound.is_user => {
                Box::pin(future.in_context(&user(bound.id).binding()))
            }
            Scope::Bind(bound) => Box::pin(future.in_context(&request(bound.id).binding())),
            Scope::Replace(list) => {
                let context =
                    list.iter().fold(Context::empty(), |context, bound| with(&context, *bound));
                Box::pin(future.within(context))
            }
        };
    }
    Task { future, scopes, polls }
}

impl Task {
    /// Polls it where `around` is bound, on this thread or on another; `false` when it has ended.
    fn poll(&mut self, around: &[Scope], is_elsewhere: bool) -> bool {
        let poll = |task: &mut Self| {
            let guards: Vec<ContextGuard> = around.iter().map(enter_scope).collect();
            EXPECTED.set(visible(&[around, &task.scopes].concat()));
            let ended =
                task.future.as_mut().poll(&mut task::Context::from_waker(Waker::noop())).is_ready();
            assert_eq!(bound(), visible(around), "what is around it is as it was");
            drop(guards);
            ended
        };
        let ended = if is_elsewhere {
            std::thread::scope(|threads| threads.spawn(|| poll(self)).join().unwrap())
        } else {
            poll(self)
        };
        self.polls -= 1;
        assert_eq!(ended, self.polls == 0);
        !ended
    }

    /// Drops it, wherever it stands.
    fn cancel(self, around: &[Scope]) {
        let _guards: Vec<ContextGuard> = around.iter().map(enter_scope).collect();
        EXPECTED.set(visible(&[around, &self.scopes].concat()));
        drop(self.future);
    }
}

fn enter_scope(scope: &Scope) -> ContextGuard {
    match scope {
        Scope::Bind(bound) => enter(*bound),
        Scope::Replace(list) => {
            list.iter().fold(Context::empty(), |context, bound| with(&context, *bound)).enter()
        }
    }
}

fn one() -> impl Strategy<Value = Bound> {
    (any::<bool>(), 0..100_u32).prop_map(|(is_user, id)| Bound { is_user, id })
}

fn scopes() -> impl Strategy<Value = Vec<Scope>> {
    let scope = prop_oneof![3 => one().prop_map(Scope::Bind), 1 => prop::collection::vec(one(), 0..3).prop_map(Scope::Replace)];
    prop::collection::vec(scope, 0..5)
}

proptest! {
    #[test]
    fn scopes_on_a_thread_are_a_list_of_bindings(steps in prop::collection::vec(step(), 1..40)) {
        let mut thread = Thread::default();
        for step in steps {
            thread.step(step);
            prop_assert_eq!(bound(), visible(&thread.scopes), "{:?}", thread.scopes);
            for (context, list) in &thread.captured {
                let _entered = context.enter();
                prop_assert_eq!(bound(), innermost(list), "a captured context never changes");
            }
        }
        thread.guards.clear();
        prop_assert_eq!(bound(), NOTHING);
    }

    #[test]
    fn nested_futures_see_theirs_in_whatever_order_they_are_polled(
        tasks in prop::collection::vec((scopes(), 1..5_usize), 1..5),
        polls in prop::collection::vec((any::<usize>(), scopes(), any::<bool>()), 0..20),
        around in scopes(),
    ) {
        let mut tasks: Vec<Task> = tasks.into_iter().map(|(scopes, polls)| task(scopes, polls)).collect();
        for (at, around, is_elsewhere) in polls {
            let Some(place) = at.checked_rem(tasks.len()) else { break };
            if !tasks[place].poll(&around, is_elsewhere) {
                // Its context is entered for what it holds; where it ended, that is empty.
                let ended = tasks.swap_remove(place);
                ended.cancel(&around);
            }
        }
        for task in tasks {
            task.cancel(&around);
        }
        prop_assert_eq!(bound(), NOTHING);
    }
}
