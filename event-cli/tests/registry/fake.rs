//! A schema registry in memory, over a real socket: what Confluent's API reference says, and faults
//! on demand.

use event_grammar::lock::Mode;
use percent_encoding::percent_decode_str;
use schema_compat::{Rules, Verdict};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// A registry that ends with the test.
pub struct Fake {
    pub url: String,
    state: Arc<Mutex<State>>,
    ended: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct State {
    /// The ids of a subject's versions.
    subjects: BTreeMap<String, Vec<usize>>,
    /// By id, from 1.
    schemas: Vec<String>,
    levels: BTreeMap<String, String>,
    /// The value of the header that is asked for.
    authorization: Option<String>,
    faults: Vec<(String, Fault)>,
    requests: Vec<String>,
}

/// What happens instead of an answer.
pub enum Fault {
    /// An answer with this status, these headers and this body.
    Answer(u16, &'static str, &'static str),
    /// The head of an answer, and a part of its body.
    Truncated,
    /// The connection is closed without a byte.
    HangUp,
    /// What is not HTTP.
    Noise,
    /// The answer comes this much later.
    Slow(Duration),
}

struct Request {
    method: String,
    path: String,
    query: String,
    authorization: Option<String>,
    body: Value,
}

type Answer = (u16, Value);

impl Fake {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (state, ended) =
            (Arc::new(Mutex::new(State::default())), Arc::new(AtomicBool::new(false)));
        let thread = thread::spawn({
            let (state, ended) = (Arc::clone(&state), Arc::clone(&ended));
            move || {
                while let Ok((stream, _)) = listener.accept() {
                    if ended.load(Ordering::SeqCst) {
                        break;
                    }
                    serve(stream, &state);
                }
            }
        });
        Self { url, state, ended, thread: Some(thread) }
    }

    /// Answers only who sends this header `Authorization`.
    pub fn ask_for(&self, authorization: &str) {
        self.state.lock().unwrap().authorization = Some(authorization.to_owned());
    }

    /// The next request of this method and path fails so.
    pub fn fail(&self, request: &str, fault: Fault) {
        self.state.lock().unwrap().faults.push((request.to_owned(), fault));
    }

    /// Methods and paths of the requests since the last call, with their queries.
    pub fn requests(&self) -> Vec<String> {
        std::mem::take(&mut self.state.lock().unwrap().requests)
    }

    /// The requests since the last call that write.
    pub fn writes(&self) -> Vec<String> {
        let writes = |request: &String| {
            let path = request.split('?').next().unwrap();
            request.starts_with("PUT ")
                || (path.starts_with("POST /subjects/") && path.ends_with("/versions"))
        };
        self.requests().into_iter().filter(writes).collect()
    }

    /// The schemas of a subject, by version.
    pub fn schemas(&self, subject: &str) -> Vec<Value> {
        let state = self.state.lock().unwrap();
        let ids = state.subjects.get(subject).into_iter().flatten();
        ids.map(|id| serde_json::from_str(&state.schemas[id - 1]).unwrap()).collect()
    }

    pub fn subjects(&self) -> Vec<String> {
        self.state.lock().unwrap().subjects.keys().cloned().collect()
    }

    pub fn level(&self, subject: &str) -> Option<String> {
        self.state.lock().unwrap().levels.get(subject).cloned()
    }

    /// Puts a schema under a subject, whatever it was before.
    pub fn put(&self, subject: &str, schema: &Value) {
        self.state.lock().unwrap().store(subject, schema.to_string());
    }

    pub fn set_level(&self, subject: &str, level: &str) {
        self.state.lock().unwrap().levels.insert(subject.to_owned(), level.to_owned());
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        // It waits for a connection.
        let _ = TcpStream::connect(self.url.trim_start_matches("http://"));
        let thread = self.thread.take().unwrap().join();
        assert!(thread.is_ok() || thread::panicking(), "the registry has panicked");
    }
}

fn serve(mut stream: TcpStream, state: &Mutex<State>) {
    let Some(request) = read(&stream) else { return };
    let fault = {
        let mut state = state.lock().unwrap();
        let name = format!("{} {}", request.method, request.path);
        state.requests.push(name.clone() + &request.query);
        let at = state.faults.iter().position(|(on, _)| *on == name);
        at.map(|at| state.faults.remove(at).1)
    };
    let whole = |status: u16, headers: &str, body: &str| {
        let length = body.len();
        format!(
            "HTTP/1.1 {status} x\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
        )
    };
    let bytes = match fault {
        Some(Fault::HangUp) => String::new(),
        Some(Fault::Noise) => "SSH-2.0-OpenSSH_9.2\r\n".to_owned(),
        Some(Fault::Truncated) => {
            "HTTP/1.1 200 x\r\nContent-Length: 1000\r\n\r\n{\"is_compat".to_owned()
        }
        Some(Fault::Answer(status, headers, body)) => whole(status, headers, body),
        fault => {
            if let Some(Fault::Slow(time)) = fault {
                thread::sleep(time);
            }
            let (status, answer) = state.lock().unwrap().answer(&request);
            whole(
                status,
                "Content-Type: application/vnd.schemaregistry.v1+json\r\n",
                &answer.to_string(),
            )
        }
    };
    // Who has given up does not read it.
    let _ = stream.write_all(bytes.as_bytes());
    let _ = stream.shutdown(Shutdown::Write);
}

fn read(stream: &TcpStream) -> Option<Request> {
    let mut lines = BufReader::new(stream);
    let mut line = || {
        let mut line = String::new();
        lines.read_line(&mut line).ok()?;
        Some(line.trim_end().to_owned())
    };
    let first = line()?;
    let mut words = first.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?);
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let query = if query.is_empty() { String::new() } else { format!("?{query}") };
    let (mut length, mut authorization) = (0, None);
    loop {
        let header = line()?;
        let Some((name, value)) = header.split_once(": ") else { break };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().ok()?,
            "authorization" => authorization = Some(value.to_owned()),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    lines.read_exact(&mut body).ok()?;
    let body = serde_json::from_slice(&body).unwrap_or_default();
    Some(Request { method, path: path.to_owned(), query, authorization, body })
}

fn refusal(status: u16, code: u32, message: &str) -> Answer {
    (status, json!({"error_code": code, "message": message}))
}

impl State {
    fn answer(&mut self, request: &Request) -> Answer {
        if self.authorization.is_some() && self.authorization != request.authorization {
            return refusal(401, 40101, "User cannot access the resource.");
        }
        let decoded = |part: &str| percent_decode_str(part).decode_utf8().unwrap().into_owned();
        let parts: Vec<String> = request.path.split('/').skip(1).map(decoded).collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        match (request.method.as_str(), parts.as_slice()) {
            ("GET", ["subjects", subject, "versions"]) => match self.subjects.get(*subject) {
                None => no_subject(subject),
                Some(ids) => (200, (1..=ids.len()).collect()),
            },
            ("GET", ["subjects", subject, "versions", version]) => self.version(subject, version),
            ("GET", ["schemas", "ids", id]) => {
                match id.parse().ok().and_then(|id: usize| self.schemas.get(id.wrapping_sub(1))) {
                    None => refusal(404, 40403, &format!("Schema {id} not found")),
                    Some(schema) => (200, json!({"schemaType": "JSON", "schema": schema})),
                }
            }
            ("POST", ["subjects", subject]) => self.lookup(subject, &request.body),
            ("POST", ["subjects", subject, "versions"]) => self.register(subject, &request.body),
            ("POST", ["compatibility", "subjects", subject, "versions", version]) => {
                self.check(subject, version, &request.body)
            }
            ("GET", ["config", subject]) => match self.levels.get(*subject) {
                None => refusal(
                    404,
                    40408,
                    &format!(
                        "Subject '{subject}' does not have subject-level compatibility configured"
                    ),
                ),
                Some(level) => (200, json!({"compatibilityLevel": level})),
            },
            ("PUT", ["config", subject]) => {
                let level = request.body["compatibility"].as_str().unwrap_or_default();
                if mode(level).is_none() {
                    return refusal(422, 42203, "Invalid compatibility level");
                }
                self.levels.insert((*subject).to_owned(), level.to_owned());
                (200, json!({"compatibility": level}))
            }
            _ => (404, json!({"error_code": 404, "message": "HTTP 404 Not Found"})),
        }
    }

    fn version(&self, subject: &str, version: &str) -> Answer {
        let Some(ids) = self.subjects.get(subject) else { return no_subject(subject) };
        match number(version, ids.len()) {
            Err(answer) => answer,
            Ok(version) => (200, self.stored(subject, version, ids[version - 1])),
        }
    }

    fn lookup(&self, subject: &str, body: &Value) -> Answer {
        let Some(ids) = self.subjects.get(subject) else { return no_subject(subject) };
        let text = body["schema"].as_str().unwrap_or_default();
        match ids.iter().position(|id| self.schemas[id - 1] == text) {
            None => refusal(404, 40403, "Schema not found"),
            Some(at) => (200, self.stored(subject, at + 1, ids[at])),
        }
    }

    fn stored(&self, subject: &str, version: usize, id: usize) -> Value {
        let schema = &self.schemas[id - 1];
        json!({"subject": subject, "version": version, "id": id, "schemaType": "JSON", "schema": schema})
    }

    fn check(&self, subject: &str, version: &str, body: &Value) -> Answer {
        let new = match schema(body) {
            Ok(schema) => schema,
            Err(answer) => return answer,
        };
        let Some(ids) = self.subjects.get(subject) else { return no_subject(subject) };
        match number(version, ids.len()) {
            Err(answer) => answer,
            Ok(version) => {
                let reasons = self.reasons(subject, ids[version - 1], &new);
                (200, json!({"is_compatible": reasons.is_empty(), "messages": reasons}))
            }
        }
    }

    fn register(&mut self, subject: &str, body: &Value) -> Answer {
        let new = match schema(body) {
            Ok(schema) => schema,
            Err(answer) => return answer,
        };
        let text = body["schema"].as_str().unwrap();
        if let (200, stored) = self.lookup(subject, body) {
            return (200, json!({"id": stored["id"]}));
        }
        let ids = self.subjects.get(subject).map(Vec::as_slice).unwrap_or_default();
        let earlier =
            if self.mode(subject).is_transitive() { 0 } else { ids.len().saturating_sub(1) };
        let reasons: Vec<_> =
            ids[earlier..].iter().flat_map(|id| self.reasons(subject, *id, &new)).collect();
        if !reasons.is_empty() {
            let mut message =
                "Schema being registered is incompatible with an earlier schema".to_owned();
            write!(message, " for subject \"{subject}\", details: {reasons:?}").unwrap();
            return refusal(409, 409, &message);
        }
        (200, json!({"id": self.store(subject, text.to_owned())}))
    }

    fn store(&mut self, subject: &str, schema: String) -> usize {
        let known = self.schemas.iter().position(|known| *known == schema);
        let id = known.map_or(self.schemas.len() + 1, |at| at + 1);
        if known.is_none() {
            self.schemas.push(schema);
        }
        self.subjects.entry(subject.to_owned()).or_default().push(id);
        id
    }

    fn mode(&self, subject: &str) -> Mode {
        self.levels.get(subject).map_or(Mode::Backward, |level| mode(level).unwrap())
    }

    fn reasons(&self, subject: &str, old: usize, new: &Value) -> Vec<String> {
        let old: Value = serde_json::from_str(&self.schemas[old - 1]).unwrap();
        let report = schema_compat::check(
            &old,
            new,
            event_schema::lock::readers(self.mode(subject)),
            Rules::Semantic,
        );
        assert_ne!(report.verdict, Verdict::Undecided, "{:?}", report.undecided);
        if report.verdict == Verdict::Compatible {
            return Vec::new();
        }
        let breaking = report.findings.into_iter().filter(|finding| finding.reader.is_some());
        breaking.map(|finding| format!("{} at {}", finding.rule.id, finding.new)).collect()
    }
}

fn no_subject(subject: &str) -> Answer {
    refusal(404, 40401, &format!("Subject '{subject}' not found."))
}

fn number(version: &str, versions: usize) -> Result<usize, Answer> {
    let number = if version == "latest" {
        Some(versions)
    } else {
        version.parse().ok().filter(|number| *number > 0)
    };
    let number = number
        .ok_or_else(|| refusal(422, 42202, "The specified version is not a valid version id"))?;
    if number <= versions {
        Ok(number)
    } else {
        Err(refusal(404, 40402, &format!("RegisteredVersion {number} not found.")))
    }
}

fn schema(body: &Value) -> Result<Value, Answer> {
    let invalid = || refusal(422, 42201, "Invalid schema");
    if body["schemaType"] != "JSON" {
        return Err(invalid());
    }
    let text = body["schema"].as_str().ok_or_else(invalid)?;
    let schema: Value = serde_json::from_str(text).map_err(|_| invalid())?;
    if schema.is_object() || schema.is_boolean() { Ok(schema) } else { Err(invalid()) }
}

fn mode(level: &str) -> Option<Mode> {
    Mode::ALL.into_iter().find(|mode| mode.as_str().to_ascii_uppercase().replace('-', "_") == level)
}
