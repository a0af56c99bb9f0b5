//! What is configured of a NATS target.

use super::http::source;
use super::input::{Input, Refused};
use super::quantity::duration;
use super::secret::SecretText;
use super::section::{Section, Written};
use crate::targets::nats::{
    ClientCertificate, Credentials, InvalidServers, NatsTargetOptions, Servers, SubjectTemplate,
    is_stream, is_subject,
};
use event_core::Secret;

/// A target that publishes to a stream of NATS.
#[derive(Clone, Debug)]
pub struct NatsConfig {
    /// Where events are published, and how.
    pub options: NatsTargetOptions,
    /// Where the credentials are: `token env:NATS_TOKEN`.
    pub auth: Option<String>,
}

/// The relay holds them in memory.
const MOST_IN_FLIGHT: u32 = 10_000;

/// What to write into `auth`.
const AUTH: &str = "write one of `auth = { user = \"NAME\", password = \"env:NAME\" }`, \
                    `{ token = \"env:NAME\" }`, `{ nkey = \"file:PATH\" }` and \
                    `{ credentials = \"file:PATH\" }`";

impl NatsConfig {
    /// Reads the keys of a NATS target.
    pub(super) fn read(table: &mut Section<'_>, input: &mut Input<'_>) -> Option<Self> {
        let servers = table.value(input, "url", Written::Text, servers);
        if servers.is_none() {
            let help = "write `url = \"nats://nats.internal:4222\"`; several with commas between";
            table.missing_unless_refused(input, "url", help);
        }
        let subject = table.value(input, "subject", Written::Text, subject);
        let stream = table.value(input, "stream", Written::Text, stream);
        let source = table.value(input, "source", Written::Text, source);
        let auth = read_auth(table, input);
        let ca_file = table.text(input, "ca_file").map(|path| input.path(&path.value));
        let certificate = read_certificate(table, input);
        let inbox_prefix = table.value(input, "inbox_prefix", Written::Text, inbox_prefix);
        let timeout = table.value(input, "timeout", Written::Text, duration);
        let in_flight = table.count(input, "in_flight", MOST_IN_FLIGHT);
        let mut options = NatsTargetOptions::new(servers?.value);
        if let Some(subject) = subject {
            options.subject = subject.value;
        }
        options.stream = stream.map(|stream| stream.value);
        options.source = source.map(|source| source.value);
        options.ca_file = ca_file;
        options.certificate = certificate;
        if let Some(prefix) = inbox_prefix {
            options.inbox_prefix = prefix.value;
        }
        options.timeout = timeout.map_or(options.timeout, |timeout| timeout.value);
        options.in_flight = in_flight.map_or(options.in_flight, |count| count.value as usize);
        let (credentials, auth) = auth.unzip();
        options.credentials = credentials;
        Some(Self { options, auth })
    }
}

fn servers(text: &str) -> Result<Servers, Refused> {
    let help = "write `nats://HOST:4222` or `tls://HOST:4222`; several with commas between";
    Servers::parse(text).map_err(|invalid| match invalid {
        InvalidServers::User => Refused::new("has a user or a password in it")
            .help(format!("remove what is before `@`, and {AUTH}")),
        InvalidServers::Scheme => {
            Refused::new("does not begin with `nats://` or `tls://`").help(help)
        }
        InvalidServers::Url => {
            Refused::new("must be URLs with a host and without a path").help(help)
        }
    })
}

fn subject(text: &str) -> Result<SubjectTemplate, Refused> {
    SubjectTemplate::parse(text).map_err(|invalid| {
        let words = invalid.to_string();
        let (message, help) = words.split_once("\nhelp: ").unwrap_or((&words, ""));
        // The key is named before it.
        Refused::new(message.strip_prefix("the subject ").unwrap_or(message)).help(help)
    })
}

fn stream(text: &str) -> Result<String, Refused> {
    if !is_stream(text) {
        return Err(Refused::new("is not a name that a stream can have")
            .help("write it without dots, spaces, slashes and wildcards"));
    }
    Ok(text.to_owned())
}

fn inbox_prefix(text: &str) -> Result<String, Refused> {
    if !is_subject(text) {
        return Err(Refused::new("is not a subject")
            .help("write one such as `_INBOX_relay`, without wildcards"));
    }
    Ok(text.to_owned())
}

/// The credentials, and where they are.
fn read_auth(table: &mut Section<'_>, input: &mut Input<'_>) -> Option<(Credentials, String)> {
    let mut auth = table.section(input, "auth")?;
    let user = auth.text(input, "user").map(|user| user.value);
    let password = auth.secret(input, "password").map(|password| password.value);
    let token = auth.secret(input, "token").map(|token| token.value);
    let nkey = auth.secret(input, "nkey").map(|nkey| nkey.value);
    let (file, environment) = (input.file(), input.environment());
    let credentials = auth.value(input, "credentials", Written::Text, |text| {
        SecretText::read_lines(text, file, environment)
    });
    let credentials = credentials.map(|credentials| credentials.value);
    let has_user = auth.is_set(input, "user") || auth.is_set(input, "password");
    if has_user && user.is_none() {
        auth.missing_unless_refused(input, "user", "write `user = \"relay\"`");
    }
    if has_user && password.is_none() {
        auth.missing_unless_refused(input, "password", "write `password = \"env:NAME\"`");
    }
    let others = ["token", "nkey", "credentials"].map(|key| auth.is_set(input, key));
    let ways = [[has_user].as_slice(), &others].concat().into_iter().filter(|is_set| *is_set);
    let (ways, path) = (ways.count(), table.path_of("auth"));
    let (has_unknown, place) = (ways == 0 && !auth.keys().is_empty(), auth.place().clone());
    auth.finish(input);
    if ways != 1 && !has_unknown {
        let what = if ways == 0 { "is empty" } else { "has several kinds of credentials" };
        input.refuse(&place, Refused::new(format!("`{path}` {what}")).help(AUTH));
        return None;
    }
    let secret = |text: &SecretText| Secret::new(text.expose().to_owned());
    if let Some(token) = token {
        Some((Credentials::Token(secret(&token)), format!("token {token}")))
    } else if let Some(nkey) = nkey {
        Some((Credentials::Nkey(secret(&nkey)), format!("nkey {nkey}")))
    } else if let Some(text) = credentials {
        Some((Credentials::File(secret(&text)), format!("credentials {text}")))
    } else {
        let (user, password) = (user?, password?);
        let shown = format!("user {user}, {password}");
        Some((Credentials::Password { user, password: secret(&password) }, shown))
    }
}

fn read_certificate(table: &mut Section<'_>, input: &mut Input<'_>) -> Option<ClientCertificate> {
    let certificate = table.text(input, "certificate");
    let key = table.text(input, "private_key");
    match (&certificate, &key) {
        (Some(_), None) => {
            table.missing_unless_refused(
                input,
                "private_key",
                "write `private_key = \"relay.key\"`",
            );
        }
        (None, Some(_)) => {
            table.missing_unless_refused(
                input,
                "certificate",
                "write `certificate = \"relay.pem\"`",
            );
        }
        _ => {}
    }
    let (certificate, key) = (input.path(&certificate?.value), input.path(&key?.value));
    Some(ClientCertificate { certificate, key })
}
