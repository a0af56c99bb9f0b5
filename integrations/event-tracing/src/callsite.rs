//! The callsites of events: `tracing` caches at each one whether a subscriber wants its events.

use crate::fields::Fields;
use crate::level::{self, COUNT};
use crate::received::is_received;
use event_core::meta::EventMeta;
use std::ptr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use tracing_core::callsite::{self, Callsite, Identifier};
use tracing_core::field::FieldSet;
use tracing_core::metadata::Kind;
use tracing_core::subscriber::Interest;
use tracing_core::{Level as TracingLevel, Metadata};

/// The target of every event begins with this. The layer that reads the events of `tracing` leaves
/// such targets out.
pub(crate) const TARGET: &str = "event.";

/// An event that a sink has seen, with a callsite for each level. It is never freed: `tracing`
/// keeps callsites as long as the process lives.
#[derive(Debug)]
pub(crate) struct KnownEvent {
    meta: &'static EventMeta,
    target: String,
    pub(crate) fields: Fields,
    /// Whether the event came from `tracing`.
    pub(crate) is_received: bool,
    sites: [Site; COUNT],
    /// The next event of the same bucket.
    next: OnceLock<Box<KnownEvent>>,
}

/// One event at one level.
#[derive(Debug)]
pub(crate) struct Site {
    metadata: OnceLock<Metadata<'static>>,
    registered: AtomicBool,
    interest: AtomicU8,
}

const NEVER: u8 = 0;
const SOMETIMES: u8 = 1;
const ALWAYS: u8 = 2;

/// The events of the process by the address of their descriptor. A slot is set once and read
/// without a lock. Copies of one descriptor, which the compiler may keep, are two events here.
static EVENTS: [OnceLock<Box<KnownEvent>>; BUCKETS] = [const { OnceLock::new() }; BUCKETS];

const BUCKETS: usize = 256;

/// The event of a descriptor.
pub(crate) fn known(meta: &'static EventMeta) -> &'static KnownEvent {
    let address = ptr::from_ref(meta).addr();
    let mut slot = &EVENTS[((address >> 4) ^ (address >> 12)) % BUCKETS];
    loop {
        let event = slot.get_or_init(|| Box::new(KnownEvent::new(meta)));
        if ptr::eq(event.meta, meta) {
            return event;
        }
        slot = &event.next;
    }
}

impl KnownEvent {
    fn new(meta: &'static EventMeta) -> Self {
        Self {
            meta,
            target: format!("{TARGET}{}", meta.name.domain),
            fields: Fields::of(meta),
            is_received: is_received(meta),
            sites: [const { Site::new() }; COUNT],
            next: OnceLock::new(),
        }
    }

    /// The metadata of the event at `level`, and whether a subscriber wants it.
    pub(crate) fn site(
        &'static self,
        level: TracingLevel,
    ) -> (&'static Metadata<'static>, Interest) {
        let site = &self.sites[level::index(level)];
        let metadata = site.metadata.get_or_init(|| {
            let fields = FieldSet::new(self.fields.names(), Identifier(site));
            Metadata::new(
                self.meta.name.snake,
                &self.target,
                level,
                Some(self.meta.source.file),
                Some(self.meta.source.line),
                Some(self.meta.source.module),
                fields,
                Kind::EVENT,
            )
        });
        if !site.registered.load(Ordering::Acquire) {
            site.register();
        }
        (metadata, site.interest())
    }
}

impl Site {
    const fn new() -> Self {
        Self {
            metadata: OnceLock::new(),
            registered: AtomicBool::new(false),
            // Until it is registered, the subscriber is asked for each event.
            interest: AtomicU8::new(SOMETIMES),
        }
    }

    /// Asks the subscribers for their interest, once. No lock of this crate is held, because a
    /// subscriber may emit events.
    #[cold]
    fn register(&'static self) {
        if !self.registered.swap(true, Ordering::AcqRel) {
            callsite::register(self);
        }
    }

    fn interest(&self) -> Interest {
        match self.interest.load(Ordering::Relaxed) {
            NEVER => Interest::never(),
            ALWAYS => Interest::always(),
            _ => Interest::sometimes(),
        }
    }
}

impl Callsite for Site {
    fn set_interest(&self, interest: Interest) {
        let interest = if interest.is_never() {
            NEVER
        } else if interest.is_always() {
            ALWAYS
        } else {
            SOMETIMES
        };
        self.interest.store(interest, Ordering::Relaxed);
    }

    fn metadata(&self) -> &Metadata<'_> {
        self.metadata.get().expect("a callsite is registered after its metadata is set")
    }
}
