//! The kinds of originators, with their details. Sensitive parts are masked when they are set, so
//! that no unmasked part is stored.

use crate::Redaction;
use event_core::Timestamp;
use event_core::context::trace::ExternalId;
use event_core::mask::Ip;
use std::collections::BTreeMap;
use std::net::IpAddr;

/// What started a unit of work, with its details; `None` if the details are unknown, or were left
/// out for their size.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OriginatorKind {
    /// A request over HTTP.
    Http(Option<HttpRequest>),
    /// A message from a queue, a topic or a socket.
    Message(Option<MessageReceived>),
    /// A schedule.
    Cron(Option<CronRun>),
    /// Something else, with a name other than `http`, `message`, `websocket` and `cron`.
    Custom(ExternalId),
}

/// A request over HTTP. Contains no sensitive value: see [`Redaction`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpRequest {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: Option<String>,
    pub(super) headers: BTreeMap<String, String>,
    pub(super) user_agent: Option<String>,
    pub(super) client_ip: Option<IpAddr>,
}

/// A message that was received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageReceived {
    pub(super) source: String,
    pub(super) message_type: String,
    pub(super) message_size: Option<u64>,
}

/// A run of a schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CronRun {
    pub(super) cron: String,
    pub(super) job_name: Option<String>,
    pub(super) scheduled_time: Timestamp,
}

impl OriginatorKind {
    /// The kind's name, as in the header.
    pub fn name(&self) -> &str {
        match self {
            Self::Http(_) => "http",
            Self::Message(_) => "message",
            Self::Cron(_) => "cron",
            Self::Custom(name) => name.as_str(),
        }
    }

    /// The same kind without details.
    pub(super) fn without_details(&self) -> Self {
        match self {
            Self::Http(_) => Self::Http(None),
            Self::Message(_) => Self::Message(None),
            Self::Cron(_) => Self::Cron(None),
            Self::Custom(name) => Self::Custom(name.clone()),
        }
    }

    /// The same kind without a request's headers, which are the largest and the least important
    /// part of the details.
    pub(super) fn without_headers(&self) -> Self {
        match self {
            Self::Http(Some(request)) => {
                Self::Http(Some(HttpRequest { headers: BTreeMap::new(), ..request.clone() }))
            }
            other => other.clone(),
        }
    }
}

impl HttpRequest {
    /// Makes a request of its method and target: a path, with or without a query.
    ///
    /// ```
    /// use event_trace::HttpRequest;
    ///
    /// let request = HttpRequest::new("GET", "/orders?page=2&token=abc").with_client_ip([203, 0, 113, 77].into());
    /// assert_eq!(request.path(), "/orders");
    /// assert_eq!(request.query(), Some("page=2&token=%5BREDACTED%5D"));
    /// assert_eq!(request.client_ip(), Some([203, 0, 113, 0].into()));
    /// ```
    pub fn new(method: &str, target: &str) -> Self {
        // Redacted as a whole, because a password with a `?` in it is not a query.
        let target = Redaction::STANDARD.query(target);
        let (path, query) = match target.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (target.as_str(), None),
        };
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.map(ToOwned::to_owned),
            headers: BTreeMap::new(),
            user_agent: None,
            client_ip: None,
        }
    }

    /// Sets the query, without its `?`.
    #[must_use]
    pub fn with_query(mut self, query: &str) -> Self {
        self.query = Some(Redaction::STANDARD.query(query));
        self
    }

    /// Adds a header.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        let value = Redaction::STANDARD.header(name, value);
        self.headers.insert(name.to_ascii_lowercase(), value);
        self
    }

    /// Sets the user agent.
    #[must_use]
    pub fn with_user_agent(mut self, user_agent: &str) -> Self {
        self.user_agent = Some(Redaction::STANDARD.query(user_agent));
        self
    }

    /// Sets the client's network: the mask `ip` of its address. Take the address from a header only
    /// if the proxy that writes the header is trusted.
    #[must_use]
    pub fn with_client_ip(mut self, address: IpAddr) -> Self {
        self.client_ip = Some(Ip::network(address));
        self
    }

    /// Also redacts the names that `redaction` adds to the standard list.
    #[must_use]
    pub fn redacted(mut self, redaction: Redaction) -> Self {
        self.path = redaction.query(&self.path);
        self.query = self.query.map(|query| redaction.query(&query));
        self.user_agent = self.user_agent.map(|user_agent| redaction.query(&user_agent));
        for (name, value) in &mut self.headers {
            *value = redaction.header(name, value);
        }
        self
    }

    /// The method.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The path, without a query.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The query, redacted, without its `?`.
    pub fn query(&self) -> Option<&str> {
        self.query.as_deref()
    }

    /// The headers, redacted, by their names in lower case.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The user agent.
    pub fn user_agent(&self) -> Option<&str> {
        self.user_agent.as_deref()
    }

    /// The client's network.
    pub fn client_ip(&self) -> Option<IpAddr> {
        self.client_ip
    }
}

impl MessageReceived {
    /// Makes a message of its source (a queue, a topic, or the URL of either; redacted like a
    /// query) and its type.
    pub fn new(source: &str, message_type: &str) -> Self {
        Self {
            source: Redaction::STANDARD.query(source),
            message_type: message_type.to_owned(),
            message_size: None,
        }
    }

    /// Sets the size in bytes.
    #[must_use]
    pub fn with_size(mut self, bytes: u64) -> Self {
        self.message_size = Some(bytes);
        self
    }

    /// The source of the message.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The type of the message.
    pub fn message_type(&self) -> &str {
        &self.message_type
    }

    /// The size of the message in bytes.
    pub fn message_size(&self) -> Option<u64> {
        self.message_size
    }
}

impl CronRun {
    /// Makes a run of the schedule's expression, such as `*/5 * * * *`, and the time at which the
    /// run was due.
    pub fn new(cron: &str, scheduled_time: Timestamp) -> Self {
        Self { cron: cron.to_owned(), job_name: None, scheduled_time }
    }

    /// Sets the name of the job.
    #[must_use]
    pub fn with_job_name(mut self, name: &str) -> Self {
        self.job_name = Some(name.to_owned());
        self
    }

    /// The schedule's expression.
    pub fn cron(&self) -> &str {
        &self.cron
    }

    /// The job's name.
    pub fn job_name(&self) -> Option<&str> {
        self.job_name.as_deref()
    }

    /// When the run was due; in whole milliseconds after it was read from a header.
    pub fn scheduled_time(&self) -> Timestamp {
        self.scheduled_time
    }
}
