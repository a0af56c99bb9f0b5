//! Whatever a text contains, an event is one line, and that line is JSON.
#![allow(clippy::unwrap_used, reason = "a test may")]

use catalog::{CATALOG, ReferenceEvent};
use event_core::Emitter;
use event_core::meta::shape::{Shape, TextFormat};
use event_core::meta::{EventMeta, FieldMeta};
use event_core::sink::JsonLines;
use event_schema::sample;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Arc, Mutex};

/// Texts that end lines, strings or objects, or that control a terminal.
const HOSTILE: [&str; 8] = [
    "\n{\"event\":\"auth_login_success\",\"version\":1}\n",
    "\r\n\r\u{b}\u{c}\u{1c}\u{1d}\u{1e}\u{85}\u{2028}\u{2029}",
    "\",\"level\":\"debug\",\"injected\":true,\"x\":\"",
    "\\\"}\n{\"injected\":true}\\",
    "\0\u{1}\u{7}\u{8}\t\u{1b}[2J\u{1b}]0;title\u{7}\u{7f}\u{9b}31m",
    "\u{202e}gnol\u{2066}\u{feff}\u{fffe}\u{ffff}",
    "\\u000a\\n\\u2028",
    "é\u{301}\u{10ffff}🎉",
];

#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn written(event: &ReferenceEvent) -> String {
    let buffer = Buffer::default();
    let mut emitter = Emitter::builder()
        .level(event_core::Level::Trace)
        .sink(JsonLines::new(buffer.clone()))
        .build();
    event.emit_to(&mut emitter);
    emitter.flush().unwrap();
    let bytes = std::mem::take(&mut *buffer.0.lock().unwrap());
    String::from_utf8(bytes).unwrap()
}

/// The value that the field takes for `text`, if the field is text.
fn hostile(field: &FieldMeta, text: &str) -> Option<Value> {
    match field.shape.bare() {
        Shape::Text(TextFormat::Plain) => Some(json!(text)),
        Shape::List(item) if matches!(item.bare(), Shape::Text(TextFormat::Plain)) => {
            Some(json!([text, text]))
        }
        Shape::Map(value)
            if matches!(value.bare(), Shape::Text(TextFormat::Plain) | Shape::Any) =>
        {
            Some(json!({ text: text }))
        }
        Shape::Any => Some(json!({ text: [text] })),
        _ => None,
    }
}

fn keys(line: &str) -> Vec<String> {
    // Refuses a repeated key, which `serde_json::Value` does not.
    let object = event_core::read::Input::parse(line).unwrap().object().unwrap();
    object.into_members().map(|(key, _)| key).collect()
}

/// The event with `text` in each of its texts, and the resulting values.
fn planted(meta: &EventMeta, text: &str) -> (ReferenceEvent, BTreeMap<&'static str, Value>) {
    let mut line: Value = serde_json::from_str(&sample::line(meta, 0)).unwrap();
    let mut expected = BTreeMap::new();
    for field in meta.fields() {
        if let Some(value) = hostile(field, text) {
            line[field.name] = value.clone();
            if field.sensitivity.is_none() {
                expected.insert(field.name, value);
            }
        }
    }
    (ReferenceEvent::decode(&line.to_string()).unwrap(), expected)
}

#[test]
fn f5_a_text_cannot_leave_its_string() {
    let mut texts = 0;
    for meta in CATALOG.events().filter(|meta| meta.sample.is_none()) {
        for text in HOSTILE {
            let (event, expected) = planted(meta, text);
            let written = written(&event);
            let line = written.strip_suffix('\n').unwrap();
            assert!(!line.bytes().any(|byte| byte < b' '), "{line:?}");
            let read: Value = serde_json::from_str(line).unwrap();
            assert_eq!(read["event"], meta.name.snake);
            for (key, value) in expected
                .iter()
                .filter(|(key, _)| event.meta().fields().iter().any(|own| own.name == **key))
            {
                assert_eq!(&read[*key], value, "`{key}` of {}", meta.name.snake);
            }
            // An older version is written as the newest version, because it was read as that.
            let newest = event.meta();
            let own = |key: &str| newest.fields().iter().any(|field| field.name == key);
            let head = ["event", "version", "level", "timestamp"];
            let stranger =
                keys(line).into_iter().find(|key| !own(key) && !head.contains(&key.as_str()));
            assert_eq!(stranger, None, "{line}");
            texts += expected.len();
        }
    }
    assert!(texts >= 1_000, "only {texts} texts were planted");
}
