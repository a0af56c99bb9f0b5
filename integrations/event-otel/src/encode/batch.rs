//! Records that are sent or written together.

use super::field::{
    LOG_RECORDS, RESOURCE, RESOURCE_ATTRIBUTES, RESOURCE_LOGS, SCOPE, SCOPE_LOGS, SCOPE_NAME,
    SCOPE_VERSION,
};
use super::record;
use super::service::{KnownService, Service};
use super::wire::Wire;
use crate::resource::Resource;
use event_core::record::Record;

/// Encoded records, by the service that they come from.
#[derive(Default)]
pub(crate) struct Batch<W> {
    services: Vec<OfService<W>>,
    /// How many records there are.
    pub(crate) records: u64,
    /// How many bytes they have.
    pub(crate) bytes: usize,
}

struct OfService<W> {
    service: KnownService,
    /// The attributes of the resource.
    resource: W,
    /// The items of `logRecords`.
    records: W,
}

impl<W: Wire> Batch<W> {
    /// Encodes a record into `out`, alone.
    pub(crate) fn encode(out: &mut W, record: &Record<'_>) {
        out.clear();
        record::write(out, record);
    }

    /// Adds a record that [`Batch::encode`] has written.
    pub(crate) fn add(&mut self, record: &Record<'_>, encoded: &W, resource: &Resource) {
        let service = Service::of(record);
        let known = self.services.iter().position(|known| known.service.is(&service));
        let place = known.unwrap_or_else(|| {
            let (mut attributes, records) = (W::default(), W::default());
            resource.write(&mut attributes, &service);
            let service = service.known();
            self.services.push(OfService { service, resource: attributes, records });
            self.services.len() - 1
        });
        self.services[place].records.items(encoded);
        self.records += 1;
        self.bytes += encoded.written().len();
    }

    /// Writes the request, an `ExportLogsServiceRequest`.
    pub(crate) fn write(&self, out: &mut W) {
        out.whole(|out| {
            out.list(RESOURCE_LOGS, |out| {
                self.services.iter().for_each(|service| service.write(out));
            });
        });
    }

    /// Forgets the records. Keeps some of the memory.
    pub(crate) fn clear(&mut self) {
        // What is known of the first service stays: most processes have one.
        self.services.truncate(1);
        self.services.iter_mut().for_each(|service| service.records.clear());
        (self.records, self.bytes) = (0, 0);
    }
}

impl<W: Wire> OfService<W> {
    fn write(&self, out: &mut W) {
        if self.records.written().is_empty() {
            return;
        }
        out.item(RESOURCE_LOGS, |out| {
            out.message(RESOURCE, |out| {
                out.list(RESOURCE_ATTRIBUTES, |out| out.items(&self.resource));
            });
            out.list(SCOPE_LOGS, |out| {
                out.item(SCOPE_LOGS, |out| {
                    out.message(SCOPE, |out| {
                        out.text(SCOPE_NAME, env!("CARGO_PKG_NAME"));
                        out.text(SCOPE_VERSION, env!("CARGO_PKG_VERSION"));
                    });
                    out.list(LOG_RECORDS, |out| out.items(&self.records));
                });
            });
        });
    }
}
