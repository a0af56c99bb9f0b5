//! The variables `OTEL_EXPORTER_OTLP_*` (OpenTelemetry specification, OTLP exporter configuration).

use super::endpoint::Endpoint;
use super::headers;
use super::options::{OtlpHttp, OtlpProtocol};
use crate::resource::Resource;
use crate::variable::{InvalidVariable, Variables, pairs};
use event_core::Secret;
use std::ffi::OsString;
use std::time::Duration;

impl OtlpHttp {
    /// As the environment says. Each variable has a form for logs alone, such as
    /// `OTEL_EXPORTER_OTLP_LOGS_ENDPOINT`, which has precedence. An empty variable counts as not
    /// set.
    ///
    /// | variable | what it says |
    /// | --- | --- |
    /// | `OTEL_EXPORTER_OTLP_ENDPOINT` | the URL, to which `/v1/logs` is added; by default `http://localhost:4318`. The form for logs is the whole URL |
    /// | `OTEL_EXPORTER_OTLP_HEADERS` | `name=value,name=value`, percent-encoded |
    /// | `OTEL_EXPORTER_OTLP_TIMEOUT` | the time for a request, in milliseconds; by default 10000 |
    /// | `OTEL_EXPORTER_OTLP_COMPRESSION` | `gzip` (feature `gzip`) or `none` |
    /// | `OTEL_EXPORTER_OTLP_PROTOCOL` | `http/protobuf` or `http/json` |
    /// | `OTEL_EXPORTER_OTLP_CERTIFICATE` | a file of certificates (PEM) that alone are trusted (feature `tls`) |
    ///
    /// `OTEL_RESOURCE_ATTRIBUTES` and `OTEL_SERVICE_NAME` become the [`Resource`].
    ///
    /// # Errors
    ///
    /// If a variable has a value that is not valid or not supported, such as `grpc`, or a
    /// certificate for the client is asked for.
    pub fn from_env() -> Result<Self, InvalidVariable> {
        Self::from_variables(|name| std::env::var_os(name))
    }

    /// As [`OtlpHttp::from_env`], with the variables from elsewhere.
    ///
    /// # Errors
    ///
    /// As [`OtlpHttp::from_env`].
    pub fn from_variables(
        variables: impl Fn(&str) -> Option<OsString>,
    ) -> Result<Self, InvalidVariable> {
        read(&variables)
    }
}

/// Reads the options.
fn read(variables: &dyn Fn(&str) -> Option<OsString>) -> Result<OtlpHttp, InvalidVariable> {
    let resource = Resource::from_variables(variables)?;
    let variables = Variables(variables);
    let mut options = OtlpHttp::to(endpoint(&variables)?).resource(resource);
    if let Some((name, text)) = either(&variables, "HEADERS")? {
        for (key, value) in pairs(&name, &text)? {
            options = options.header(key, Secret::new(value));
        }
        headers::of(&options).map_err(|error| {
            InvalidVariable::new(&name, format!("has a header that cannot be sent: {error}"))
        })?;
    }
    if let Some((name, text)) = either(&variables, "TIMEOUT")? {
        let help = "is not a number of milliseconds\nhelp: write `10000`";
        let millis = text.parse().ok().filter(|millis| *millis > 0);
        options.timeout =
            millis.map(Duration::from_millis).ok_or_else(|| InvalidVariable::new(&name, help))?;
    }
    if let Some((name, text)) = either(&variables, "COMPRESSION")? {
        options.is_gzip = is_gzip(&text).map_err(|why| InvalidVariable::new(&name, why))?;
    }
    if let Some((name, text)) = either(&variables, "PROTOCOL")? {
        options.protocol = protocol(&text).map_err(|why| InvalidVariable::new(&name, why))?;
    }
    certificates(&variables, options)
}

fn endpoint(variables: &Variables<'_>) -> Result<Endpoint, InvalidVariable> {
    const LOGS: &str = "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT";
    const BASE: &str = "OTEL_EXPORTER_OTLP_ENDPOINT";
    if let Some(url) = variables.get(LOGS)? {
        return Endpoint::parse(&url).map_err(|why| InvalidVariable::new(LOGS, why));
    }
    let base = variables.get(BASE)?;
    let base = base.as_deref().unwrap_or("http://localhost:4318");
    Endpoint::parse_base(base).map_err(|why| InvalidVariable::new(BASE, why))
}

/// A variable for logs, or for all signals: its name and its value.
fn either(
    variables: &Variables<'_>,
    name: &str,
) -> Result<Option<(String, String)>, InvalidVariable> {
    for name in [format!("OTEL_EXPORTER_OTLP_LOGS_{name}"), format!("OTEL_EXPORTER_OTLP_{name}")] {
        if let Some(value) = variables.get(&name)? {
            return Ok(Some((name, value)));
        }
    }
    Ok(None)
}

fn is_gzip(text: &str) -> Result<bool, &'static str> {
    match text {
        "none" => Ok(false),
        "gzip" if cfg!(feature = "gzip") => Ok(true),
        "gzip" => {
            Err("is `gzip`, which needs the feature `gzip` of event-otel\nhelp: turn it on, \
                       or write `none`")
        }
        _ => Err("is not a known compression\nhelp: write `gzip` or `none`"),
    }
}

fn protocol(text: &str) -> Result<OtlpProtocol, &'static str> {
    match text {
        "http/protobuf" => Ok(OtlpProtocol::Protobuf),
        "http/json" => Ok(OtlpProtocol::Json),
        "grpc" => {
            Err("is `grpc`, which event-otel does not have\nhelp: write `http/protobuf`, and \
                       the port of HTTP, often 4318, into the endpoint")
        }
        _ => Err("is not a known protocol\nhelp: write `http/protobuf` or `http/json`"),
    }
}

fn certificates(
    variables: &Variables<'_>,
    mut options: OtlpHttp,
) -> Result<OtlpHttp, InvalidVariable> {
    for name in ["CLIENT_KEY", "CLIENT_CERTIFICATE"] {
        if let Some((name, _)) = either(variables, name)? {
            let why = "asks for a certificate of the client, which event-otel does not have\nhelp: \
                       unset it, and send through a collector on this host that has the certificate";
            return Err(InvalidVariable::new(&name, why));
        }
    }
    if let Some((name, path)) = either(variables, "CERTIFICATE")? {
        // One that is not used would be a promise that is not kept.
        if !options.endpoint.is_tls() {
            let why = "is not used, because the endpoint is not https\nhelp: unset it, or write \
                       `https` into the endpoint";
            return Err(InvalidVariable::new(&name, why));
        }
        options.ca_file = Some(path.into());
    }
    Ok(options)
}
