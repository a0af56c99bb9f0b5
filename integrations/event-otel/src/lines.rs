//! OTLP/JSON, a line for each record.

use crate::encode::{Batch, Json, SPARE, Wire as _};
use crate::resource::Resource;
use event_core::Sink;
use event_core::record::Record;
use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Writes each record as one line of OTLP/JSON: a whole `ExportLogsServiceRequest`, as the file
/// receiver of the collector reads it (`otlpjsonfilereceiver`).
///
/// ```
/// use event_core::Emitter;
/// use event_core::emit::emission::EmissionEventSuppressed;
/// use event_otel::OtlpLines;
///
/// let path = std::env::temp_dir().join(format!("events-{}.otlp.jsonl", std::process::id()));
/// let emitter = Emitter::builder().service("shop").sink(OtlpLines::append(&path)?).build();
/// emitter.emit(&EmissionEventSuppressed { event_name: "cache_hit".into(), emitted: 1, sampled_out: 9, limited: 0 });
///
/// let line = std::fs::read_to_string(&path)?;
/// assert!(line.starts_with(r#"{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","#));
/// assert!(line.contains(r#"{"key":"sampled_out","value":{"intValue":"9"}}"#));
/// assert!(line.ends_with("\"eventName\":\"emission_event_suppressed\"}]}]}]}\n"));
/// # std::fs::remove_file(path)?;
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// A line is one call of `write`. If the writer fails in the middle of a line, the next one begins
/// with a line break, so whole lines stay readable. Put a `Background` in front of a writer that is
/// slow.
pub struct OtlpLines<W: Write + Send> {
    lines: Mutex<Lines<W>>,
    resource: Resource,
}

struct Lines<W> {
    out: W,
    /// Whether the writer ends in a part of a line.
    is_torn: bool,
    record: Json,
    batch: Batch<Json>,
    request: Json,
    line: Vec<u8>,
}

impl<W: Write + Send> OtlpLines<W> {
    /// Writes to any writer.
    pub fn new(out: W) -> Self {
        let lines = Lines {
            out,
            is_torn: false,
            record: Json::default(),
            batch: Batch::default(),
            request: Json::default(),
            line: Vec::new(),
        };
        Self { lines: Mutex::new(lines), resource: Resource::new() }
    }

    /// Sets what is said of the service beside its events.
    #[must_use]
    pub fn resource(mut self, resource: Resource) -> Self {
        self.resource = resource;
        self
    }

    fn lines(&self) -> MutexGuard<'_, Lines<W>> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl OtlpLines<File> {
    /// Appends to a file, which is made if there is none.
    ///
    /// # Errors
    ///
    /// If the file cannot be opened.
    pub fn append(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        let file = OpenOptions::new().append(true).create(true).open(path);
        let named =
            |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
        file.map(Self::new).map_err(named)
    }
}

impl<W: Write> Lines<W> {
    fn write(&mut self, record: &Record<'_>, resource: &Resource) -> io::Result<()> {
        let Self { out, is_torn, record: encoded, batch, request, line } = self;
        Batch::encode(encoded, record);
        batch.clear();
        batch.add(record, encoded, resource);
        request.clear();
        batch.write(request);
        line.clear();
        if *is_torn {
            line.push(b'\n');
        }
        line.extend_from_slice(request.written());
        line.push(b'\n');
        let mut rest = line.as_slice();
        while !rest.is_empty() {
            match out.write(rest) {
                Ok(0) => return Err(ErrorKind::WriteZero.into()),
                Ok(count) => {
                    rest = rest.get(count..).unwrap_or_default();
                    *is_torn = !rest.is_empty();
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        line.shrink_to(SPARE);
        Ok(())
    }
}

impl<W: Write + Send> Sink for OtlpLines<W> {
    fn write(&self, record: &Record<'_>) -> io::Result<()> {
        self.lines().write(record, &self.resource)
    }

    fn flush(&self) -> io::Result<()> {
        self.lines().out.flush()
    }

    fn wants_members(&self) -> bool {
        true
    }
}

impl<W: Write + Send> fmt::Debug for OtlpLines<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OtlpLines").field("resource", &self.resource).finish_non_exhaustive()
    }
}
