//! What the variables of the environment say, and what is said of those that are not valid.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test")]

use event_otel::{OtlpHttp, Resource};

const ENDPOINT: &str = "OTEL_EXPORTER_OTLP_ENDPOINT";
const LOGS_ENDPOINT: &str = "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT";
const HEADERS: &str = "OTEL_EXPORTER_OTLP_HEADERS";

/// The options as `Debug` shows them, or the error.
fn read(variables: &[(&str, &str)]) -> Result<String, String> {
    let options = OtlpHttp::from_variables(|name| {
        let set = variables.iter().find(|(own, _)| *own == name);
        set.map(|(_, value)| (*value).into())
    });
    options.map(|options| format!("{options:?}")).map_err(|error| error.to_string())
}

fn holds(variables: &[(&str, &str)], parts: &[&str]) {
    let shown = read(variables).unwrap();
    for part in parts {
        assert!(shown.contains(part), "{variables:?}: {part}: {shown}");
    }
}

#[test]
fn defaults_are_those_of_the_specification() {
    holds(
        &[(ENDPOINT, ""), (HEADERS, "  ")],
        &["Endpoint(http://localhost:4318/v1/logs)", "Protobuf", "timeout: 10s", "is_gzip: false"],
    );
}

#[test]
fn the_path_of_logs_is_added_to_the_endpoint_of_all_signals_only() {
    for (name, url, shown) in [
        (ENDPOINT, "http://collector:4318", "http://collector:4318/v1/logs"),
        (ENDPOINT, "http://collector:4318/", "http://collector:4318/v1/logs"),
        (ENDPOINT, "http://collector/otlp/", "http://collector/otlp/v1/logs"),
        (ENDPOINT, "http://[::1]:4318/a?key=s3cr3t", "http://[::1]:4318/a/v1/logs"),
        (LOGS_ENDPOINT, "http://collector:4318", "http://collector:4318/"),
        (LOGS_ENDPOINT, "http://collector:4318/in?key=s3cr3t", "http://collector:4318/in"),
    ] {
        let shown = format!("Endpoint({shown})");
        holds(&[(name, url)], &[&shown]);
        assert!(!read(&[(name, url)]).unwrap().contains("s3cr3t"));
    }
    let both = [(ENDPOINT, "not read"), (LOGS_ENDPOINT, "http://logs:1/x")];
    holds(&both, &["Endpoint(http://logs:1/x)"]);
}

#[test]
fn a_variable_for_logs_has_precedence() {
    let name = |form: &str, name: &str| format!("OTEL_EXPORTER_OTLP_{form}{name}");
    for (variable, general, logs, shown) in [
        ("TIMEOUT", "1000", "2500", "timeout: 2.5s"),
        ("PROTOCOL", "grpc", "http/json", "protocol: Json"),
        ("COMPRESSION", "zstd", "none", "is_gzip: false"),
        ("HEADERS", "broken", "x-a=1", "\"x-a\""),
    ] {
        let (for_all, for_logs) = (name("", variable), name("LOGS_", variable));
        holds(&[(&for_all, general), (&for_logs, logs)], &[shown]);
    }
}

#[test]
fn headers_are_decoded_and_never_shown() {
    let headers = "x-api-key=s3cr3t%2C%3D%20x , Authorization=Bearer%20t0ken=,";
    let shown = read(&[(HEADERS, headers)]).unwrap();
    assert!(shown.contains("\"x-api-key\"") && shown.contains("\"Authorization\""), "{shown}");
    assert!(!shown.contains("s3cr3t") && !shown.contains("t0ken"), "{shown}");
}

#[test]
fn an_invalid_variable_is_named_without_its_value() {
    let name = |name: &str| format!("OTEL_EXPORTER_OTLP_{name}");
    for (variable, value, why) in [
        ("ENDPOINT", "s3cr3t", "is not a URL"),
        ("ENDPOINT", "http://s3cr3t:99999", "is not a URL"),
        ("ENDPOINT", "ftp://s3cr3t", "is neither http nor https"),
        ("LOGS_ENDPOINT", "http://ada:s3cr3t@host", "has a user"),
        ("HEADERS", "x-ok=1,s3cr3t", "in its member 2"),
        ("HEADERS", "=s3cr3t", "in its member 1"),
        ("HEADERS", "a=s3cr3t%2", "in its member 1"),
        ("HEADERS", "a=s3cr3t%zz", "in its member 1"),
        ("HEADERS", "a=s3cr3t%ff", "in its member 1"),
        ("LOGS_HEADERS", "a=s3cr3t%0A", "a name or a value that HTTP does not allow"),
        ("HEADERS", "a=s3cr3t,A=s3cr3t", "is given twice"),
        ("HEADERS", "content-type=s3cr3t", "the exporter writes it itself"),
        ("TIMEOUT", "s3cr3t", "is not a number of milliseconds"),
        ("LOGS_TIMEOUT", "0", "is not a number of milliseconds"),
        ("TIMEOUT", "-1", "is not a number of milliseconds"),
        ("COMPRESSION", "s3cr3t", "is not a known compression"),
        ("PROTOCOL", "s3cr3t", "is not a known protocol"),
        ("PROTOCOL", "grpc", "is `grpc`, which event-otel does not have"),
        ("CERTIFICATE", "/s3cr3t.pem", "is not used, because the endpoint is not https"),
        ("LOGS_CLIENT_KEY", "/s3cr3t.pem", "asks for a certificate of the client"),
        ("CLIENT_CERTIFICATE", "/s3cr3t.pem", "asks for a certificate of the client"),
    ] {
        let variable = name(variable);
        let error = read(&[(&variable, value)]).unwrap_err();
        assert!(error.starts_with(&format!("the variable `{variable}` ")), "{error}");
        assert!(error.contains(why), "{value}: {error}");
        assert!(!error.contains("s3cr3t"), "{error}");
    }
}

#[test]
fn what_needs_a_feature_says_so() {
    let https = read(&[(ENDPOINT, "https://collector")]);
    let gzip = read(&[("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip")]);
    if cfg!(feature = "tls") {
        assert!(https.unwrap().contains("Endpoint(https://collector/v1/logs)"));
        holds(
            &[(ENDPOINT, "https://collector"), ("OTEL_EXPORTER_OTLP_CERTIFICATE", "/ca.pem")],
            &["ca_file: Some(\"/ca.pem\")"],
        );
    } else {
        assert!(https.unwrap_err().contains("needs the feature `tls` of event-otel"));
    }
    if cfg!(feature = "gzip") {
        assert!(gzip.unwrap().contains("is_gzip: true"));
    } else {
        assert!(gzip.unwrap_err().contains("needs the feature `gzip` of event-otel"));
    }
}

#[cfg(unix)]
#[test]
fn a_value_that_is_no_text_is_an_error() {
    use std::os::unix::ffi::OsStringExt as _;
    let bytes = std::ffi::OsString::from_vec(vec![0xff]);
    let read = |name: &str| (name == "OTEL_SERVICE_NAME").then(|| bytes.clone());
    let error = Resource::from_variables(read).unwrap_err();
    assert_eq!(error.variable(), "OTEL_SERVICE_NAME");
    assert_eq!(error.to_string(), "the variable `OTEL_SERVICE_NAME` is not UTF-8");
    assert_eq!(OtlpHttp::from_variables(read).unwrap_err(), error);
}

#[test]
fn resource_attributes_are_decoded() {
    let read = |text: &'static str| {
        Resource::from_variables(move |name| {
            (name == "OTEL_RESOURCE_ATTRIBUTES").then(|| text.into())
        })
    };
    let expected = Resource::new().with("a", "1,2").with("b", "");
    assert_eq!(read(" a = 1%2C2 ,b=").unwrap(), expected);
    let error = read("a=1,b").unwrap_err().to_string();
    assert!(
        error.starts_with("the variable `OTEL_RESOURCE_ATTRIBUTES` is not valid in its member 2")
    );
}
