//! `emit`: its runtime, and an emitter that writes an event as JSON, as its own `emit_file` does.

use crate::event::Input;
use ::emit::{Event, Props};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use std::cell::RefCell;
use std::io::Write;

thread_local! {
    static LINE: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// An event whose properties stand at the top.
struct Line<'a, P>(&'a Event<'a, P>);

impl<P: Props> Serialize for Line<'_, P> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(extent) = self.0.extent() {
            map.serialize_entry("timestamp", extent.as_point())?;
        }
        let mut written = Ok(());
        let _ = self.0.props().dedup().for_each(|key, value| {
            written = map.serialize_entry(&key, &value);
            if written.is_ok() {
                std::ops::ControlFlow::Continue(())
            } else {
                std::ops::ControlFlow::Break(())
            }
        });
        written?;
        map.end()
    }
}

/// What writes lines to `out`.
pub(crate) fn emitter<W: Write>(out: fn() -> W) -> impl Fn(&Input) {
    let write = ::emit::emitter::from_fn(move |event| {
        LINE.with_borrow_mut(|line| {
            line.clear();
            // Neither the event nor a null writer fails.
            let _ = serde_json::to_writer(&mut *line, &Line(&event));
            line.push(b'\n');
            let _ = out().write_all(line);
        });
    });
    let runtime = ::emit::runtime::Runtime::new()
        .with_emitter(write)
        .with_clock(::emit::platform::system_clock::SystemClock::new());
    move |event| {
        ::emit::error!(
            rt: &runtime,
            "payment_process_failed",
            event: "payment_process_failed",
            version: 1,
            order_id: event.order_id.as_str(),
            reason: event.reason.as_str(),
            currency: event.currency.as_str(),
            amount: event.amount,
            attempt: event.attempt,
            waited_us: event.waited_us,
        );
    }
}
