//! The events that a query asks for.

use event_core::meta::{BlockMeta, EventMeta};
use event_core::{Catalog, Event};

/// An event of any version, as a query asks for it.
#[derive(Clone, Copy, Debug)]
pub struct EventStep {
    event: &'static EventMeta,
    /// All versions of the event. Other events may be among them.
    versions: &'static [&'static EventMeta],
}

impl EventStep {
    /// The event that `E` is.
    pub const fn of<E: Event>() -> Self {
        Self { event: E::META, versions: E::READS }
    }

    /// An event of a catalog, for programs that find events by their names.
    pub fn new(catalog: &'static Catalog, event: &'static EventMeta) -> Self {
        let is_of = |block: &&&BlockMeta| block.events.iter().any(|own| own.name == event.name);
        let block = catalog.blocks.iter().find(is_of);
        Self { event, versions: block.map_or(&[], |block| block.events) }
    }

    /// The descriptor.
    pub const fn meta(self) -> &'static EventMeta {
        self.event
    }

    /// The name in the store: `order.payment.submitted`.
    pub const fn event_type(self) -> &'static str {
        self.event.name.dotted
    }

    /// The names under which rows of this event may be, each once: its own, and the aliases of all
    /// versions.
    pub(crate) fn names(self) -> Vec<&'static str> {
        let mut names = vec![self.event.name.dotted];
        let versions = self.versions.iter().filter(|version| version.name == self.event.name);
        for alias in versions.flat_map(|version| version.aliases) {
            if !names.contains(alias) {
                names.push(alias);
            }
        }
        names
    }
}

/// Events as the steps of a funnel: a tuple of two to eight event types.
///
/// A type that is not an event, and so a misspelt step, does not compile.
pub trait Steps {
    /// The steps, the first one first.
    fn steps() -> Vec<EventStep>;
}

macro_rules! tuples {
    ($($name:ident)+) => {
        impl<$($name: Event),+> Steps for ($($name,)+) {
            fn steps() -> Vec<EventStep> {
                vec![$(EventStep::of::<$name>()),+]
            }
        }
    };
}

tuples!(A B);
tuples!(A B C);
tuples!(A B C D);
tuples!(A B C D E);
tuples!(A B C D E F);
tuples!(A B C D E F G);
tuples!(A B C D E F G H);
