//! What is configured of the exporter.

use super::endpoint::Endpoint;
use super::error::OtlpHttpError;
use crate::resource::Resource;
use event_core::Secret;
use event_core::sink::{Background, BackgroundOptions, WhenFull};
use std::path::PathBuf;
use std::time::Duration;

/// Sends events to a receiver of OTLP over HTTP, such as a collector.
///
/// These are the options. [`OtlpHttp::start`] starts the thread that sends, and gives the sink.
///
/// ```no_run
/// use event_core::{Emitter, Secret};
/// use event_otel::OtlpHttp;
///
/// let otlp = OtlpHttp::new("http://collector:4318/v1/logs")?
///     .header("x-api-key", Secret::new("4711".to_owned()))
///     .start()?;
/// let emitter = Emitter::builder().service("shop").sink(otlp).build();
/// # let _ = emitter;
/// # Ok::<(), event_otel::OtlpHttpError>(())
/// ```
///
/// # What is lost, and when
///
/// The thread that emits never waits for the receiver: it puts a record into a queue. A record is
/// lost, and counted in the report of the emitter, when
///
/// - the queue is full: `dropped`;
/// - the receiver refuses the request, does not answer in time until [`OtlpHttp::retry_for`] is
///   over, or rejects records in its answer (a partial success): `failed`;
/// - the record has more bytes than a request may have: `failed`.
///
/// A request is sent again after 429, 502, 503, 504, a timeout or a broken connection, as OTLP
/// says: after `Retry-After`, or after a pause that begins at a second and doubles. So a receiver
/// may get a record twice, with the same `log.record.uid`.
///
/// Memory is bounded by the number of records in the queue, as many again in the hand of the
/// thread, and one request.
///
/// No error and no `Debug` output has the value of a header, the query of the URL or a part of an
/// answer. Redirects are not followed. Proxies are taken from the environment (`HTTPS_PROXY`,
/// `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`).
#[derive(Clone, Debug)]
#[must_use = "nothing is sent until it is started"]
pub struct OtlpHttp {
    pub(super) endpoint: Endpoint,
    pub(super) protocol: OtlpProtocol,
    pub(super) headers: Vec<(String, Secret<String>)>,
    pub(super) timeout: Duration,
    pub(super) is_gzip: bool,
    pub(super) ca_file: Option<PathBuf>,
    pub(super) resource: Resource,
    pub(super) queue: BackgroundOptions,
    pub(super) limits: Limits,
}

/// How records are written into requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OtlpProtocol {
    /// `http/protobuf`.
    #[default]
    Protobuf,
    /// `http/json`.
    Json,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    pub(super) records: u64,
    pub(super) bytes: usize,
    pub(super) retry_for: Duration,
}

impl OtlpHttp {
    /// Sends to this URL as it is: `http://localhost:4318/v1/logs`.
    ///
    /// # Errors
    ///
    /// If it is not a URL, or has a user.
    pub fn new(url: &str) -> Result<Self, OtlpHttpError> {
        Endpoint::parse(url).map(Self::to).map_err(|why| OtlpHttpError::Url { why })
    }

    pub(super) fn to(endpoint: Endpoint) -> Self {
        // The defaults of the batch processor of an OpenTelemetry SDK.
        let queue = Background::options()
            .capacity(2_048)
            .batch(512, Duration::from_secs(1))
            .when_full(WhenFull::DropNewest);
        let limits = Limits { records: 512, bytes: 4 << 20, retry_for: Duration::from_secs(30) };
        Self {
            endpoint,
            protocol: OtlpProtocol::default(),
            headers: Vec::new(),
            timeout: Duration::from_secs(10),
            is_gzip: false,
            ca_file: None,
            resource: Resource::new(),
            queue,
            limits,
        }
    }

    /// Sets how records are written. The default is protobuf.
    pub const fn protocol(mut self, protocol: OtlpProtocol) -> Self {
        self.protocol = protocol;
        self
    }

    /// Adds a header to each request.
    pub fn header(mut self, name: impl Into<String>, value: Secret<String>) -> Self {
        self.headers.push((name.into(), value));
        self
    }

    /// Sets the time for one request, from the connection to the head of the answer. The default is
    /// 10 s.
    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Compresses requests.
    #[cfg(feature = "gzip")]
    pub const fn gzip(mut self) -> Self {
        self.is_gzip = true;
        self
    }

    /// Trusts the certificates of a file (PEM) in place of those that the operating system trusts.
    #[cfg(feature = "tls")]
    pub fn ca_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.ca_file = Some(path.into());
        self
    }

    /// Sets what is said of the service beside its events.
    pub fn resource(mut self, resource: Resource) -> Self {
        self.resource = resource;
        self
    }

    /// Sets the queue. The default holds 2048 records, drops the newest when it is full, and sends
    /// when 512 records wait or the first has waited for a second. With `WhenFull::Block`, the
    /// threads that emit wait for the receiver.
    pub fn queue(mut self, queue: BackgroundOptions) -> Self {
        self.queue = queue;
        self
    }

    /// Sets how many records and how many bytes, before compression, a request may have. The
    /// default is 512 records and 4 MiB. A record of more bytes is refused.
    pub fn request_limits(mut self, records: u32, bytes: usize) -> Self {
        self.limits.records = u64::from(records).max(1);
        self.limits.bytes = bytes;
        self
    }

    /// Sets how long a request is tried again, from its first attempt. The default is 30 s. Then its
    /// records are lost. Zero: each request is sent once.
    pub const fn retry_for(mut self, time: Duration) -> Self {
        self.limits.retry_for = time;
        self
    }
}

impl OtlpProtocol {
    pub(super) const fn media_type(self) -> &'static str {
        match self {
            Self::Protobuf => "application/x-protobuf",
            Self::Json => "application/json",
        }
    }
}
